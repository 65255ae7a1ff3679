internal import ScrubCore
internal import ScrubOps

extension Embed: DeviceOp {
    static var samples: [KernelSpec] { [0, 1].map { KernelSpec("embed", ["PLACED": $0]) } }

    func kernels(for step: StepTypes) -> [KernelSpec] {
        [KernelSpec("embed", ["PLACED": step.inputs.count == 3 ? 1 : 0])]
    }

    func positions(for step: StepTypes) -> [Int] { positions ?? Array(0..<step.inputs[0].shape.count) }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let table = call.types.inputs[1].shape
        try call.launchElements(
            call.inputs.map { .input($0) } + [.place(call.positions), .place(call.output)],
            [.count(table.width), .count(table.vectors)] + call.reporting, on: stream)
    }
}
