internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// One thread's share of a phase: a private arena, and nothing that another thread writes.
final class Worker: @unchecked Sendable {
    // Unchecked: one thread uses a worker at a time, and what it reads of the run is not written during a phase.
    private let phase: Phase
    private let bound: Bound
    private let addresses: [UnsafeMutableRawPointer?]
    private let scratch: UnsafeMutablePointer<Float>
    private let hands: Int
    /// By instruction.
    private let extents: [Extent?]
    private let poisonsPadding: Bool
    /// Of each instruction in turn, where its inputs and then its output lie.
    private let places: [Located]
    /// The inputs of one instruction on one block.
    private let operands: UnsafeMutablePointer<Operand>
    private let watch = Failure()
    /// Chunks that this worker began.
    private(set) var chunks = 0
    /// The first row at which a step read an index out of range.
    private(set) var failure: (row: Int, error: CPUError)?

    /// Where a value lies on any block.
    private struct Located {
        let base: UnsafeMutableRawPointer
        /// Elements from one row to the next.
        let stride: Int
        /// Bytes by which it moves when the block's first row does so by one.
        let advance: Int

        func base(_ first: Int) -> UnsafeMutableRawPointer { base + advance * first }
    }

    /// - Parameter addresses: by value, where it lies; every value with a store has an address from the start of the run.
    init(
        _ phase: Phase, block: Int, _ bound: Bound, _ addresses: [UnsafeMutableRawPointer?],
        arena: UnsafeMutableRawPointer, scratch: UnsafeMutableRawPointer, hands: Int,
        extents: [Extent?], poisonsPadding: Bool
    ) {
        func locate(_ place: Place) -> Located {
            switch place {
            case .arena(let offset, let count): Located(base: arena + 4 * offset * block, stride: count, advance: 0)
            case .store(let value, let count):
                Located(base: addresses[value] ?? arena, stride: count, advance: 4 * count)
            case .whole(let value, let count): Located(base: addresses[value] ?? arena, stride: count, advance: 0)
            case .constant(let value): Located(base: addresses[value] ?? arena, stride: 0, advance: 0)
            }
        }
        self.phase = phase
        self.bound = bound
        self.addresses = addresses
        self.hands = hands
        self.extents = phase.instructions.map { extents[$0.value] }
        self.poisonsPadding = poisonsPadding
        self.scratch = scratch.assumingMemoryBound(to: Float.self)
        places = phase.instructions.flatMap { ($0.inputs + [$0.output]).map(locate) }
        operands = .allocate(capacity: phase.instructions.map(\.inputs.count).max() ?? 0)
    }

    deinit { operands.deallocate() }

    /// Runs every step on a block of rows.
    func run(_ rows: Range<Int>, opensChunk: Bool) {
        if opensChunk { chunks += 1 }
        var place = 0
        for index in phase.borrowed.indices {
            phase.borrowed[index]._withUnsafeGuaranteedRef { run($0, extents[index], rows, &place) }
            if let found = watch.found {
                fail(phase.instructions[index], found.input, found.row, found.value, found.bound)
                return
            }
        }
    }

    // The compiler fails to inline it.
    @inline(never)
    private func run(
        _ instruction: Instruction, _ extent: Extent?, _ rows: Range<Int>, _ place: inout Int
    ) {
        let first = rows.lowerBound
        for input in instruction.inputs.indices {
            operands[input] = Operand(base: places[place].base(first), stride: places[place].stride)
            place += 1
        }
        let reach = extent.map {
            Reach(
                lengths: bound.lengths[$0.lengths], table: $0.table.map { bound.tables[$0] }, beyond: $0.beyond,
                least: $0.least)
        }
        instruction.routine.run(
            Frame(
                rows: rows.count, first: first, inputs: UnsafePointer(operands), output: places[place].base(first),
                scratch: scratch, hands: Hands(count: hands, stride: phase.scratch), reach: reach, bound: bound,
                failure: watch))
        if let reach, poisonsPadding { poison(instruction, rows, reach, places[place].base(first)) }
        place += 1
    }

    private func poison(
        _ instruction: Instruction, _ rows: Range<Int>, _ reach: Reach, _ output: UnsafeMutableRawPointer
    ) {
        let floats = output.assumingMemoryBound(to: Float.self)
        let (positions, width) = (instruction.shape.vectors, instruction.shape.width)
        for row in rows {
            let read = min(positions, reach[row])
            let start = ((row - rows.lowerBound) * positions + read) * width
            (floats + start).update(repeating: .nan, count: (positions - read) * width)
        }
    }

    private func fail(_ instruction: Instruction, _ input: Int, _ row: Int, _ value: Int, _ limit: Int) {
        func datum(_ origin: Origin) -> Int { origin.table.map { Int(bound.tables[$0][row]) } ?? row }
        // Of several that were merged, the one that holds what was found.
        let origin = instruction.sources[input].first { origin in
            guard let base = addresses[origin.value] else { return false }
            let elements = base.assumingMemoryBound(to: Int32.self) + datum(origin) * origin.stride
            return (0..<origin.count).contains { Int(elements[$0]) == value }
        }
        failure = (
            row,
            .indexOutOfRange(
                column: origin?.source ?? .column("?"), row: origin.map(datum) ?? row, value: value, bound: limit)
        )
    }
}
