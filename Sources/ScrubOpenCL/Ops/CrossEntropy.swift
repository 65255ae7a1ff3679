internal import ScrubCore
internal import ScrubOps

extension CrossEntropy: DeviceOp {
    static var samples: [KernelSpec] { [0, 1].map { KernelSpec("cross_entropy", ["WEIGHTED": $0]) } }

    func kernels(for step: StepTypes) -> [KernelSpec] {
        let division = step.inputs[0].shape.lanesAndVector(of: "cross_entropy/cross_entropy.cl", on: step.device)
        let weighted = ["WEIGHTED": step.inputs.count == 3 ? 1 : 0]
        return [KernelSpec("cross_entropy", weighted.merging(division) { $1 })]
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let logits = call.types.inputs[0].shape
        try stream.launch(
            call.kernels[0], groups: call.rows, value: call.types.name,
            call.inputs.map { .input($0) } + [.place(call.output), .count(logits.vectors), .count(logits.width)]
                + call.reporting)
    }
}
