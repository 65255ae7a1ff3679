internal import CMicroKernels

/// SHA-256 (FIPS 180-4, <https://doi.org/10.6028/NIST.FIPS.180-4>): names files in provenance and draws in the random
/// stream, so that anyone can recompute a draw's key with the same standard function.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]

    /// - Complexity: O(message length).
    public init(_ message: UnsafeRawBufferPointer) { self.init(message, compress: scrub_sha256) }

    /// The same without the CPU's instructions for it.
    package init(plainly message: UnsafeRawBufferPointer) { self.init(message, compress: scrub_sha256_plain) }

    private init(
        _ message: UnsafeRawBufferPointer,
        compress: (UnsafeMutablePointer<UInt32>?, UnsafePointer<UInt8>?, Int) -> Void
    ) {
        var state: [UInt32] = [
            0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
        ]
        let blocks = message.count / 64
        compress(&state, message.baseAddress?.assumingMemoryBound(to: UInt8.self), blocks)
        var rest = Array(message[(blocks * 64)...]) + [0x80]
        rest += [UInt8](repeating: 0, count: (119 - message.count % 64) % 64)
        let bitCount = UInt64(message.count) &* 8
        rest += stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bitCount >> UInt64($0)) }
        compress(&state, rest, rest.count / 64)
        bytes = state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) } }
    }

    public init(_ message: [UInt8]) { self = message.withUnsafeBytes { Digest($0) } }

    public init(_ text: String) { self.init(Array(text.utf8)) }

    /// The first eight bytes, big-endian: a draw's key.
    public var prefix64: UInt64 { bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

    /// 64 hexadecimal digits.
    public var description: String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
