internal import ScrubCore
internal import ScrubOps

extension Activation: DeviceOp {
    private static func kernel(_ function: Function) -> KernelSpec {
        KernelSpec("activation", ["FUNCTION": function.number])
    }

    static var samples: [KernelSpec] { [.relu, .gelu, .geluTanh].map(kernel) }

    func kernels(for step: StepTypes) -> [KernelSpec] { [Self.kernel(function)] }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        try call.launchElements([.input(call.inputs[0]), .place(call.output)], on: stream)
    }
}
