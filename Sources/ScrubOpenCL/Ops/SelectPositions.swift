internal import ScrubCore
internal import ScrubOps

extension SelectPositions: DeviceOp {
    static var samples: [KernelSpec] { [KernelSpec("select_positions")] }

    func kernels(for step: StepTypes) -> [KernelSpec] { Self.samples }

    func positions(for step: StepTypes) -> [Int] { positions }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        try call.launchElements(
            [.input(call.inputs[0]), .place(call.positions), .place(call.output)],
            [.count(call.count / positions.count)], on: stream)
    }
}
