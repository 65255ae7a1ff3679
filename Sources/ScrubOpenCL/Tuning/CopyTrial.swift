internal import ScrubCore

/// The device's own copy from one buffer to another, ready to be made over and over: the most that a kernel which only moves
/// can hope for.
package final class CopyTrial {
    private let stream: Stream
    private let from: Operand
    private let to: Operand
    private let elements: Int

    /// - Parameter bytes: of each buffer. More than the device's caches hold, or those are what is measured.
    package init(bytes: Int, on backend: OpenCLBackend) throws(OpenCLError) {
        let context = backend.context
        stream = try Stream(context, programs: [])
        elements = bytes / 4
        func operand(_ name: String) throws(OpenCLError) -> Operand {
            Operand(buffer: try Buffer(bytes: bytes, for: name, in: context), offset: 0, stride: 0)
        }
        (from, to) = (try operand("what is copied"), try operand("its copy"))
        // Memory that nobody wrote need not be there yet.
        try stream.write([Float](repeating: 1, count: elements), to: from.buffer)
    }

    /// The seconds of one copy: of several that follow each other, from the first to the end of the last.
    package func seconds(launches: Int) throws(OpenCLError) -> Double {
        try stream.finish()
        let start = ContinuousClock.now
        for _ in 0..<launches { try stream.copy(from, to: to, count: elements) }
        try stream.finish()
        return (ContinuousClock.now - start).inSeconds / Double(launches)
    }
}
