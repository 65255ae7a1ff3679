internal import ScrubOps

extension Product: DeviceOp {
    static var samples: [KernelSpec] { [KernelSpec("product")] }

    func kernels(for step: StepTypes) -> [KernelSpec] { Self.samples }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        try call.launchElements(
            [.input(call.inputs[0]), .input(call.inputs[1]), .place(call.output)], on: stream)
    }
}
