internal import CMicroKernels
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
    /// By instruction, where its places begin.
    private let firstPlaces: [Int]
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
        /// Where its rows begin, if they are kept without padding.
        var starts: RowStarts?
        /// Bytes by which it moves when the block's first row does so by one, and from one row of a block to the next.
        let (advance, step): (Int, Int)

        func base(_ block: Int, _ first: Int) -> UnsafeMutableRawPointer {
            base + (advance * block + step * (first - block))
        }
    }

    /// - Parameter addresses: by value, where it lies; every value with a store has an address from the start of the run.
    init(
        _ phase: Phase, block: Int, _ bound: Bound, _ addresses: [UnsafeMutableRawPointer?],
        arena: UnsafeMutableRawPointer, scratch: UnsafeMutableRawPointer, hands: Int,
        extents: [Extent?], poisonsPadding: Bool
    ) {
        func locate(_ place: Place) -> Located {
            switch place {
            case .arena(let value, let count):
                let (offset, isInner) = phase.arena.place(of: value, block: block)
                return Located(base: arena + 4 * offset, stride: count, advance: 0, step: isInner ? 0 : 4 * count)
            case .store(let value, let count):
                return Located(base: addresses[value] ?? arena, stride: count, advance: 4 * count, step: 4 * count)
            case .whole(let value, let count):
                return Located(
                    base: addresses[value] ?? arena, stride: count, starts: bound.rowStarts[value], advance: 0, step: 0)
            case .constant(let value): return Located(base: addresses[value] ?? arena, stride: 0, advance: 0, step: 0)
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
        firstPlaces = phase.instructions.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.inputs.count + 1) }
        operands = .allocate(capacity: phase.instructions.map(\.inputs.count).max() ?? 0)
    }

    deinit { operands.deallocate() }

    /// Runs every step on a block of rows.
    func run(_ rows: Range<Int>, opensChunk: Bool) {
        if opensChunk { chunks += 1 }
        // Where weights have decayed that far, each operation on one may cost more than a hundred cycles.
        let mode = scrub_flush_subnormals()
        defer { scrub_set_float_mode(mode) }
        for segment in phase.arena.segments {
            var first = rows.lowerBound
            while first < rows.upperBound {
                let few = first..<min(rows.upperBound, first + segment.rows)
                for index in segment.instructions {
                    phase.borrowed[index]._withUnsafeGuaranteedRef {
                        run($0, extents[index], few, block: rows.lowerBound, firstPlaces[index])
                    }
                    if let found = watch.found {
                        fail(phase.instructions[index], found.input, found.row, found.value, found.bound)
                        return
                    }
                }
                first = few.upperBound
            }
        }
    }

    // The compiler fails to inline it.
    @inline(never)
    private func run(
        _ instruction: Instruction, _ extent: Extent?, _ rows: Range<Int>, block: Int, _ firstPlace: Int
    ) {
        let (first, count) = (rows.lowerBound, instruction.inputs.count)
        for input in 0..<count {
            let place = places[firstPlace + input]
            operands[input] = Operand(base: place.base(block, first), stride: place.stride, starts: place.starts)
        }
        let output = places[firstPlace + count].base(block, first)
        let reach = extent.map {
            Reach(
                lengths: bound.lengths[$0.lengths], table: $0.table.map { bound.tables[$0] }, beyond: $0.beyond,
                least: $0.least)
        }
        instruction.routine.run(
            Frame(
                rows: rows.count, first: first, inputs: UnsafePointer(operands), output: output,
                scratch: scratch, hands: Hands(count: hands, stride: phase.scratch), reach: reach, bound: bound,
                failure: watch))
        if let reach, poisonsPadding { poison(instruction, rows, reach, output) }
        if instruction.isPacked { pack(instruction, rows, reach, output) }
    }

    /// Copies what was computed where it is kept.
    private func pack(
        _ instruction: Instruction, _ rows: Range<Int>, _ reach: Reach?, _ output: UnsafeMutableRawPointer
    ) {
        guard let address = addresses[instruction.value] else { return }
        let (from, store) = (output.assumingMemoryBound(to: Float.self), address.assumingMemoryBound(to: Float.self))
        let (shape, starts) = (instruction.shape, bound.rowStarts[instruction.value])
        for row in rows {
            let positions =
                reach.map { min(shape.vectors, $0[row] + RowStarts.gap(isPoisoned: poisonsPadding)) } ?? shape.vectors
            (store + (starts?[row] ?? row * shape.count)).update(
                from: from + (row - rows.lowerBound) * shape.count, count: positions * shape.width)
        }
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
