internal import ScrubCore
internal import ScrubOps

extension BinaryCrossEntropy: DeviceOp {
    static var samples: [KernelSpec] {
        [1, 2].map { KernelSpec("binary_cross_entropy", ["WIDTH": $0, "WEIGHTED": $0 - 1]) }
    }

    func kernels(for step: StepTypes) -> [KernelSpec] {
        [
            KernelSpec(
                "binary_cross_entropy",
                ["WIDTH": step.inputs[0].shape.width, "WEIGHTED": step.inputs.count == 3 ? 1 : 0])
        ]
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        try stream.launch(
            call.kernels[0], groups: (call.rows + 63) / 64, value: call.types.name,
            call.inputs.map { .input($0) } + [
                .place(call.output), .count(call.rows), .count(call.types.inputs[0].shape.vectors),
            ] + call.reporting)
    }
}
