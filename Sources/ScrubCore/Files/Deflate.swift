internal import CZlib

/// Raw deflate streams (RFC 1951) and checksums, by zlib.
enum Deflate {
    /// The most bytes that one byte of a deflate stream can stand for.
    static let greatestRatio = 1032

    /// CRC-32 of `bytes`.
    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        UInt32(crc32_z(0, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
    }

    /// The `size` bytes that the raw deflate stream `bytes` stands for; nil when it is damaged or has another length.
    static func inflate(_ bytes: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
        guard size / greatestRatio <= bytes.count else { return nil }
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var complete = false
        // One byte more than promised, so that a longer stream is seen to be longer.
        let output = [UInt8](unsafeUninitializedCapacity: size + 1) { target, initialised in
            let (left, status) = pump(&stream, from: bytes, to: target) { CZlib.inflate($0, Z_NO_FLUSH) }
            complete = status == Z_STREAM_END && left.input == 0 && left.output == 1
            initialised = complete ? size : 0
        }
        return complete ? output : nil
    }

    /// `bytes` as a raw deflate stream, always the same for the same bytes and version of zlib.
    static func deflate(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
            return nil
        }
        defer { deflateEnd(&stream) }
        var complete = false
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        let output = [UInt8](unsafeUninitializedCapacity: bound) { target, initialised in
            let (left, status) = pump(&stream, from: bytes, to: target) {
                CZlib.deflate($0, $0.pointee.avail_in == 0 ? Z_FINISH : Z_NO_FLUSH)
            }
            complete = status == Z_STREAM_END && left.input == 0
            initialised = complete ? bound - left.output : 0
        }
        return complete ? output : nil
    }

    /// Runs `step` until it ends the stream or gets no further, in pieces that zlib's 32-bit counters can hold.
    ///
    /// Returns the bytes of input and output that were left over, and zlib's last answer.
    private static func pump(
        _ stream: inout z_stream, from input: UnsafeRawBufferPointer, to output: UnsafeMutableBufferPointer<UInt8>,
        step: (UnsafeMutablePointer<z_stream>) -> Int32
    ) -> (left: (input: Int, output: Int), status: Int32) {
        let piece = 1 << 30
        let source = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
        var (taken, made) = (0, 0)
        while true {
            let (offered, room) = (min(piece, input.count - taken), min(piece, output.count - made))
            stream.next_in = source?.advanced(by: taken)
            stream.avail_in = UInt32(offered)
            stream.next_out = output.baseAddress?.advanced(by: made)
            stream.avail_out = UInt32(room)
            let status = step(&stream)
            let (read, written) = (offered - Int(stream.avail_in), room - Int(stream.avail_out))
            taken += read
            made += written
            if status != Z_OK || (read == 0 && written == 0) {
                return ((input.count - taken, output.count - made), status)
            }
        }
    }
}
