internal import ScrubCore
internal import ScrubOps

extension Gather: DeviceOp {
    static var samples: [KernelSpec] {
        [false, true].flatMap { halved in [1, 4].map { spec(isHalved: halved, wide: $0) } }
    }

    private static func spec(isHalved: Bool, wide: Int) -> KernelSpec {
        KernelSpec("gather", ["HALVED": isHalved ? 1 : 0, "WIDE": wide])
    }

    /// The kernel that moves single elements and the one that moves four.
    func kernels(for step: StepTypes) -> [KernelSpec] {
        [1, 4].map { Self.spec(isHalved: step.halved.contains(0), wide: $0) }
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        var table = call.tables
        table.offset += self.table * table.stride
        let x = call.inputs[0]
        let isWide = [x.offset, x.stride, call.output.offset, call.count].allSatisfy { $0 % 4 == 0 }
        try stream.launch(
            call.kernels[isWide ? 1 : 0], groups: stream.groups(rows: call.rows, count: call.count / (isWide ? 4 : 1)),
            value: call.types.name,
            [.input(x), .place(table), .place(call.output), .count(call.rows), .count(call.count)])
    }
}
