internal import ScrubCore
internal import ScrubOps

extension ExpectedCrossEntropy: DeviceOp {
    static var samples: [KernelSpec] { [KernelSpec("expected_cross_entropy")] }

    func kernels(for step: StepTypes) -> [KernelSpec] {
        let lanes = step.inputs[0].shape.lanes(of: "expected_cross_entropy/expected_cross_entropy.cl", on: step.device)
        return [KernelSpec("expected_cross_entropy", ["LANES": lanes])]
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let logits = call.types.inputs[0].shape
        try stream.launch(
            call.kernels[0], groups: call.rows, value: call.types.name,
            call.inputs.map { .input($0) } + [.place(call.output), .count(logits.vectors), .count(logits.width)])
    }
}
