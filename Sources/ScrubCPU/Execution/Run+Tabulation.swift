internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

extension Run {
    /// Computes what is looked up by token, with the routines of its steps: by entry.
    func tabulate(_ bound: Bound, in memory: Memory) throws -> [UnsafePointer<Float>?] {
        let (program, entries) = (program, program.tabulation.entries)
        let mode = scrub_flush_subnormals()
        defer { scrub_set_float_mode(mode) }
        var tabulated = [UnsafePointer<Float>?](repeating: nil, count: entries.count)
        for number in program.tabulation.needed {
            let entry = entries[number]
            let output = try memory.allocate(entry.vocabulary, entry.shape.count)
            var inputs: [Operand] = []
            for source in entry.sources {
                switch source {
                case .tokens(let count):
                    let tokens = try memory.allocate(entry.vocabulary, count)
                    let numbers = tokens.assumingMemoryBound(to: Int32.self)
                    for token in 0..<entry.vocabulary {
                        (numbers + token * count).update(repeating: Int32(token), count: count)
                    }
                    inputs.append(Operand(base: tokens, stride: count))
                case .constant(let value): inputs.append(Operand(base: address(of: value) ?? output, stride: 0))
                case .entry(let number):
                    inputs.append(
                        Operand(
                            base: tabulated[number].map { UnsafeMutableRawPointer(mutating: $0) } ?? output,
                            stride: entries[number].shape.count))
                }
            }
            let routine = try routine(for: entry.step, in: program.plan, program.kernels)
            inputs.withUnsafeBufferPointer { inputs in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: max(1, routine.scratch)) { scratch in
                    guard let inputs = inputs.baseAddress, let scratch = scratch.baseAddress else { return }
                    routine.run(
                        Frame(
                            rows: entry.vocabulary, first: 0, inputs: inputs, output: output, scratch: scratch,
                            hands: Hands(count: 1, stride: 0), reach: nil, bound: bound, failure: Failure()))
                }
            }
            tabulated[number] = UnsafePointer(output.assumingMemoryBound(to: Float.self))
        }
        return tabulated
    }
}
