internal import ScrubCore
internal import ScrubOps

/// One launch for each input that is picked from.
extension MergePositions: DeviceOp {
    static var samples: [KernelSpec] { [KernelSpec("merge_positions")] }

    func kernels(for step: StepTypes) -> [KernelSpec] { Self.samples }

    /// The places in the output that come from an input.
    private func targets(of input: Int) -> [Int] { picks.indices.filter { picks[$0].input == input } }

    /// For each input its positions, then their places in the output.
    func positions(for step: StepTypes) -> [Int] {
        step.inputs.indices.flatMap { input in
            let targets = targets(of: input)
            return targets.map { picks[$0].position } + targets
        }
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let width = call.count / picks.count
        var sources = call.positions
        for (number, input) in call.inputs.enumerated() {
            let moved = targets(of: number).count
            if moved == 0 { continue }
            var targets = sources
            targets.offset += moved
            try stream.launch(
                call.kernels[0], groups: stream.groups(rows: call.rows, count: moved * width), value: call.types.name,
                [
                    .input(input), .place(sources), .place(targets), .place(call.output), .count(call.rows),
                    .count(moved * width), .count(width), .count(call.count),
                ])
            sources.offset += 2 * moved
        }
    }
}
