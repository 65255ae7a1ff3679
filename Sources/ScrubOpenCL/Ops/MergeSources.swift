internal import ScrubCore
internal import ScrubOps

/// One launch for each input.
extension MergeSources: DeviceOp {
    static var samples: [KernelSpec] { [KernelSpec("merge_sources")] }

    func kernels(for step: StepTypes) -> [KernelSpec] { Self.samples }

    func positions(for step: StepTypes) -> [Int] { choices(of: step.output) }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        for (number, input) in call.inputs.enumerated() {
            try call.launchElements(
                [.input(input), .place(call.positions), .place(call.output)], [.count(number)], on: stream)
        }
    }
}
