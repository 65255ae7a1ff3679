internal import ScrubCore
internal import ScrubOps

/// sum.cl takes up to eight inputs; further ones are added to the output by further launches, which keeps the order
/// of the sum.
extension Sum: DeviceOp {
    private static let most = 8

    static var samples: [KernelSpec] { (1...most).map { KernelSpec("sum", ["INPUTS": $0]) } }

    /// The inputs of each launch; from the second on, the output so far comes before them.
    private func launches(_ inputs: Int) -> [Range<Int>] {
        var ranges = [0..<min(inputs, Self.most)]
        while let end = ranges.last?.upperBound, end < inputs { ranges.append(end..<min(inputs, end + Self.most - 1)) }
        return ranges
    }

    func kernels(for step: StepTypes) -> [KernelSpec] {
        launches(step.inputs.count).map { KernelSpec("sum", ["INPUTS": $0.count + ($0.lowerBound == 0 ? 0 : 1)]) }
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let shape = call.types.output.shape
        for (number, range) in launches(call.inputs.count).enumerated() {
            var arguments: [Stream.Argument] =
                number == 0 ? [] : [.input(call.output), .count(0)]
            for input in range {
                // A vector where the output is one too needs no special case.
                let isVector = call.types.inputs[input].shape != shape
                arguments += [.input(call.inputs[input]), .count(isVector ? shape.width : 0)]
            }
            try stream.launch(
                call.kernels[number], groups: stream.groups(rows: call.rows, count: call.count), value: call.types.name,
                arguments + [.place(call.output), .count(call.rows), .count(call.count)])
        }
    }
}
