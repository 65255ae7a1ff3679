internal import ScrubCore
internal import ScrubOps

extension AbsoluteError: DeviceOp {
    static var samples: [KernelSpec] { [KernelSpec("absolute_error")] }

    func kernels(for step: StepTypes) -> [KernelSpec] { Self.samples }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        try stream.launch(
            call.kernels[0], groups: call.rows, value: call.types.name,
            call.inputs.map { .input($0) } + [
                .place(call.output), .count(call.types.inputs[0].shape.count), .float(scale),
            ])
    }
}
