internal import ScrubCore
internal import ScrubOps

extension Gather: DeviceOp {
    static var samples: [KernelSpec] { [KernelSpec("gather")] }

    func kernels(for step: StepTypes) -> [KernelSpec] { Self.samples }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        var table = call.tables
        table.offset += self.table * table.stride
        try call.launchElements([.input(call.inputs[0]), .place(table), .place(call.output)], on: stream)
    }
}
