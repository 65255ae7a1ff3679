internal import ScrubCore
internal import ScrubOps

extension Lookup: DeviceOp {
    static var samples: [KernelSpec] { [KernelSpec("lookup")] }

    func kernels(for step: StepTypes) -> [KernelSpec] { Self.samples }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        try call.launchElements(
            [.input(call.inputs[0]), .input(call.inputs[1]), .place(call.output)],
            [.count(call.types.inputs[1].shape.axes[0].count)] + call.reporting, on: stream)
    }
}
