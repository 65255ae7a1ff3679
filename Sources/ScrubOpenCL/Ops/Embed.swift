internal import ScrubCore
internal import ScrubOps

extension Embed: DeviceOp {
    static var samples: [KernelSpec] { [KernelSpec("embed")] }

    func kernels(for step: StepTypes) -> [KernelSpec] { Self.samples }

    func positions(for step: StepTypes) -> [Int] { positions ?? Array(0..<step.inputs[0].shape.count) }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let table = call.types.inputs[1].shape
        try call.launchElements(
            call.inputs.map { .input($0) } + [.place(call.positions), .place(call.output)],
            [.count(table.width), .count(table.vectors)] + call.reporting, on: stream)
    }
}
