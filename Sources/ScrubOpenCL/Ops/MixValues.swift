internal import ScrubCore
internal import ScrubOps

extension MixValues: DeviceOp {
    static var samples: [KernelSpec] { [KernelSpec("mix_values")] }

    func kernels(for step: StepTypes) -> [KernelSpec] { Self.samples }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let v = call.types.inputs[1].shape
        try call.launchElements(
            [.input(call.inputs[0]), .input(call.inputs[1]), .place(call.output)],
            [.count(v.vectors), .count(v.width)], on: stream)
    }
}
