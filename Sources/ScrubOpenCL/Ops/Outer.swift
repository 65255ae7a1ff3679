internal import ScrubCore
internal import ScrubOps

extension Outer: DeviceOp {
    static var samples: [KernelSpec] { [KernelSpec("outer")] }

    func kernels(for step: StepTypes) -> [KernelSpec] { Self.samples }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let isScalar = call.types.inputs[0].shape == .scalar
        try call.launchElements(
            [.input(call.inputs[0]), .input(call.inputs[1]), .place(call.output)],
            [.count(call.types.output.shape.width), .count(isScalar ? 0 : 1)], on: stream)
    }
}
