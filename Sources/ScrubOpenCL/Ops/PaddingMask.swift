internal import ScrubOps

extension PaddingMask: DeviceOp {
    static var samples: [KernelSpec] { [KernelSpec("padding_mask")] }

    func kernels(for step: StepTypes) -> [KernelSpec] { Self.samples }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        try call.launchElements([.input(call.inputs[0]), .place(call.output)], [.count(token)], on: stream)
    }
}
