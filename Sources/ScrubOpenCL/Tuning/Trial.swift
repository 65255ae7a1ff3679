internal import ScrubCore

/// A step with one choice for its kernel, ready to be launched over and over.
package final class Trial {
    private let op: any DeviceOp
    private let call: Call
    private let stream: Stream

    init(_ op: any DeviceOp, _ call: Call, on stream: Stream) {
        self.op = op
        self.call = call
        self.stream = stream
    }

    /// What one launch computes, `[rows, axes]`.
    package func output() throws(OpenCLError) -> [Float] {
        try op.launch(call, on: stream)
        var values = [Float](repeating: .nan, count: call.rows * call.count)
        // The memory must not move until the copy is complete, and nothing between the two can throw past the wait.
        let failure: OpenCLError? = values.withUnsafeMutableBytes { bytes in
            do throws(OpenCLError) {
                try stream.read(call.output.buffer, into: bytes).wait()
                return nil
            } catch { return error }
        }
        if let failure { throw failure }
        return values
    }

    /// The seconds of a launch: of several that follow each other, from the first to the end of the last.
    package func seconds(launches: Int) throws(OpenCLError) -> Double {
        try stream.finish()
        let start = ContinuousClock.now
        for _ in 0..<launches { try op.launch(call, on: stream) }
        try stream.finish()
        return (ContinuousClock.now - start).inSeconds / Double(launches)
    }
}
