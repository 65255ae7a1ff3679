internal import ScrubOps
internal import ScrubPlan

/// One thread's share of a phase: a private arena, and nothing that another thread writes.
final class Worker: @unchecked Sendable {
    // Unchecked: one thread uses a worker at a time, and what it reads of the run is not written during a phase.
    private let phase: Phase
    private let block: Int
    private let bound: Bound
    private let addresses: [UnsafeMutableRawPointer?]
    private let arena: UnsafeMutableRawPointer
    private let scratch: UnsafeMutableRawPointer
    private var operands: [Operand] = []
    private let watch = Failure()
    /// Steps run, by op, one for each chunk.
    private(set) var steps: [String: Int] = [:]
    /// The first row at which a step read an index out of range.
    private(set) var failure: (row: Int, error: CPUError)?

    init(
        _ phase: Phase, block: Int, _ bound: Bound, _ addresses: [UnsafeMutableRawPointer?],
        arena: UnsafeMutableRawPointer,
        scratch: UnsafeMutableRawPointer
    ) {
        self.phase = phase
        self.block = block
        self.bound = bound
        self.addresses = addresses
        self.arena = arena
        self.scratch = scratch
    }

    /// Runs every step on a block of rows.
    func run(_ rows: Range<Int>, opensChunk: Bool) {
        for instruction in phase.instructions {
            operands.removeAll(keepingCapacity: true)
            for input in instruction.inputs { operands.append(resolve(input, rows.lowerBound)) }
            let output = resolve(instruction.output, rows.lowerBound).base
            operands.withUnsafeBufferPointer { operands in
                guard let inputs = operands.baseAddress else { return }
                instruction.routine.run(
                    Frame(
                        rows: rows.count, first: rows.lowerBound, inputs: inputs, output: output,
                        scratch: scratch.assumingMemoryBound(to: Float.self), bound: bound, failure: watch))
            }
            if opensChunk { steps[instruction.name, default: 0] += 1 }
            if let found = watch.found {
                fail(instruction, found.input, found.row, found.value, found.bound)
                return
            }
        }
    }

    @inline(__always)
    private func resolve(_ place: Place, _ first: Int) -> Operand {
        switch place {
        case .arena(let offset, let count): Operand(base: arena + 4 * offset * block, stride: count)
        case .store(let value, let count): Operand(base: address(value) + 4 * first * count, stride: count)
        case .whole(let value, let count): Operand(base: address(value), stride: count)
        case .constant(let value): Operand(base: address(value), stride: 0)
        }
    }

    /// Every value with a store has an address from the start of the run.
    private func address(_ value: Int) -> UnsafeMutableRawPointer { addresses[value] ?? arena }

    private func fail(_ instruction: Instruction, _ input: Int, _ row: Int, _ value: Int, _ limit: Int) {
        func datum(_ origin: Origin) -> Int { origin.table.map { Int(bound.tables[$0][row]) } ?? row }
        // Of several that were merged, the one that holds what was found.
        let origin = instruction.sources[input].first { origin in
            let elements = address(origin.value).assumingMemoryBound(to: Int32.self) + datum(origin) * origin.stride
            return (0..<origin.count).contains { Int(elements[$0]) == value }
        }
        failure = (
            row,
            .indexOutOfRange(
                column: origin?.source ?? .column("?"), row: origin.map(datum) ?? row, value: value, bound: limit)
        )
    }
}
