/// The counter-based generator Philox 4x32-10: a pure function of key and counter, so that a draw depends on nothing
/// but its own name.
///
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11, section
/// 3.3 and table 2;
/// <https://doi.org/10.1145/2063384.2063405>.
public enum Philox4x32 {
    /// Ten rounds over `counter` under `key`.
    public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var (x, k) = (counter, key)
        for round in 0..<10 {
            if round > 0 { k = k &+ SIMD2(0x9E37_79B9, 0xBB67_AE85) }
            let a = UInt64(0xD251_1F53) * UInt64(x[0])
            let b = UInt64(0xCD9E_8D57) * UInt64(x[2])
            x = SIMD4(
                UInt32(truncatingIfNeeded: b >> 32) ^ x[1] ^ k[0], UInt32(truncatingIfNeeded: b),
                UInt32(truncatingIfNeeded: a >> 32) ^ x[3] ^ k[1], UInt32(truncatingIfNeeded: a))
        }
        return x
    }
}

/// The random bits of one named draw: 64 of them for each replicate.
///
/// The seed is Philox's key; the counter is the replicate (low half) and the draw's key (high half), so two draws with
/// different keys share no counter.
public struct RandomStream: Hashable, Sendable {
    public let seed: UInt64
    public let key: UInt64

    public init(seed: UInt64, key: UInt64) {
        self.seed = seed
        self.key = key
    }

    /// 64 random bits: words 0 (low) and 1 (high) of the block.
    public func bits(replicate: UInt64) -> UInt64 {
        func halves(_ x: UInt64) -> (UInt32, UInt32) {
            (UInt32(truncatingIfNeeded: x), UInt32(truncatingIfNeeded: x >> 32))
        }
        let (r, k, s) = (halves(replicate), halves(key), halves(seed))
        let block = Philox4x32.block(counter: SIMD4(r.0, r.1, k.0, k.1), key: SIMD2(s.0, s.1))
        return UInt64(block[1]) << 32 | UInt64(block[0])
    }
}
