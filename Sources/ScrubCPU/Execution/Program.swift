internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// A plan prepared for the CPU: a routine for each step, a place for each value.
struct Program: PreparedPlan {
    let plan: Plan
    let threads: Int
    let kernels: Kernels
    /// Of which a run counts how long they are.
    let tokens: [PaddedTokens]
    let poisonsPadding: Bool
    /// Values that a run keeps without padding, with the number of the tokens that say how far.
    let packed: [Int: Int]
    let tabulation: Tabulation
    /// Values that outlive their block for gathers.
    let kept: [Int]
    let phases: [Phase]

    init(_ plan: Plan, threads: Int, kernels: Kernels, padding: UnreadPadding, cacheBytes: Int) throws {
        try check(plan)
        self.plan = plan
        self.threads = threads
        self.kernels = kernels
        poisonsPadding = padding == .poisoned
        tokens = padding == .computed ? [] : Padding(plan).tokens
        let tabulation = Tabulation(plan, most: cacheBytes / 2)
        self.tabulation = tabulation
        var rest = plan
        rest.steps = tabulation.steps
        kept = rest.kept
        let packed = Self.packed(kept, of: plan, tokens)
        self.packed = packed
        phases = try [Rows.dataset, .replicates].map {
            try Phase(plan, rest, $0, kernels, tabulation, packed: Set(packed.keys), cacheBytes: cacheBytes)
        }
    }

    func run(
        _ data: DatasetBindings, progress: @Sendable (RunProgress) -> Void,
        _ body: (any ReplicateRun, [String: HostTensor]) throws -> Void
    ) throws -> RunRecord {
        try data.check(against: plan)
        for input in plan.inputs {
            // A tensor's sizes can be changed after it was made.
            guard let tensor = data.inputs[input.source] else { continue }
            let count = tensor.floats?.count ?? tensor.integers?.count ?? 0
            if count != tensor.count {
                throw BindingError.mismatch(input.source, expected: "\(tensor.count) elements", found: "\(count)")
            }
        }
        let inputs = plan.inputs.map { data.inputs[$0.source] }
        return try withPointers(to: inputs[...]) { inputs in
            let run = try Run(self, data, inputs: inputs)
            return try withoutActuallyEscaping(progress) { progress in
                let roots = try run.roots(on: .dataset, rows: data.rows, tables: [], progress)
                try body(Replicates(run: run, progress: progress), roots)
                return run.record
            }
        }
    }
}

/// Replicates on what a run keeps of its dataset axis.
private struct Replicates: ReplicateRun {
    let run: Run
    let progress: @Sendable (RunProgress) -> Void

    var record: RunRecord { run.record }

    func run(_ tables: [[Int32]]) throws -> [String: HostTensor] {
        let count = tables.first?.count ?? 0
        try run.program.plan.check(tables, replicates: count, datasetRows: run.datasetRows)
        try run.checkCovered(tables)
        return try run.roots(on: .replicates, rows: count, tables: tables, progress)
    }
}

/// The steps on one row axis, and the arena they need.
struct Phase: @unchecked Sendable {
    // Unchecked: what is borrowed is held beside it.
    let rows: Rows
    let instructions: [Instruction]
    /// The names of all steps of the plan, by whatever means their values came about.
    let names: [String]
    /// The instructions, to be used without counting references: threads would wait for each other's counts.
    let borrowed: [Unmanaged<Instruction>]
    /// Floats of scratch for each worker.
    let scratch: Int
    /// Rows of the plan's chunk, and of the blocks that a worker takes at a time.
    let chunk: Int
    let block: Int
    let arena: Arena

    /// Bytes of arena, or of one matrix, that stay in a second-level cache.
    static let cacheBytes = 1 << 18
    /// Vectors that a matrix which does not stay in the cache is multiplied with each time it is read.
    private static let amortisingVectors = 64

    /// - Parameters:
    ///   - whole: the plan as it was given.
    ///   - plan: without the steps that are looked up, or that nobody reads then.
    init(
        _ whole: Plan, _ plan: Plan, _ rows: Rows, _ kernels: Kernels, _ tabulation: Tabulation, packed: Set<Int>,
        cacheBytes: Int
    ) throws {
        // What outlives its block is written where it stays.
        let lasting = Set(plan.kept + plan.roots.map(\.value) + plan.inputs.map(\.value)).subtracting(packed)
        func place(_ value: Int) -> Place {
            let count = plan.values[value].type.shape.count
            if plan.values[value].rows == .constant { return .constant(value: value) }
            if lasting.contains(value) { return .store(value: value, count: count) }
            return .arena(value: value, count: count)
        }
        let writers = Dictionary(uniqueKeysWithValues: whole.steps.map { ($0.output, $0) })
        self.rows = rows
        names = whole.steps(on: rows).map(\.op.name)
        instructions = try plan.steps(on: rows).map { step in
            let inputs = step.inputs.enumerated().map { number, input in
                step.op.table(ofInput: number) == nil
                    ? place(input) : .whole(value: input, count: plan.values[input].type.shape.count)
            }
            return Instruction(
                routine: try tabulation.lookups[step.output].map { TabulatedRoutine($0, of: tabulation) }
                    ?? routine(for: step, in: plan, kernels),
                inputs: inputs, output: place(step.output), value: step.output, isPacked: packed.contains(step.output),
                shape: plan.values[step.output].type.shape,
                sources: step.inputs.map {
                    origins(of: $0, by: tabulation.lookups[step.output]?.table, in: whole, writers)
                })
        }
        borrowed = instructions.map { Unmanaged.passUnretained($0) }
        // Whole cache lines: what several threads have lies one behind another.
        scratch = (instructions.map(\.routine.scratch).max() ?? 0).up(toMultipleOf: 16)
        chunk = rows == .dataset ? plan.chunks.dataset : plan.chunks.replicates
        let inCache = cacheBytes / max(1, 4 * Layout(plan, phase: rows).elementsPerRow)
        let amortising = plan.amortisingRows(on: rows, vectors: Self.amortisingVectors, beyond: cacheBytes)
        block = min(chunk, max(1, inCache, amortising))
        let segments =
            block <= max(1, inCache)
            ? [Segment(instructions: instructions.indices, rows: block)]
            : Segment.cut(
                plan.steps(on: rows), in: plan, block: block, cacheBytes: cacheBytes,
                amortisingVectors: Self.amortisingVectors)
        arena = Arena(plan, rows, segments, lasting: lasting, packed: packed)
    }
}

/// One step with its places.
final class Instruction: Sendable {
    let routine: any Routine
    let inputs: [Place]
    let output: Place
    /// The output's number, whether the run keeps it without padding, and what one row of it is.
    let value: Int
    let isPacked: Bool
    let shape: Shape
    /// Where the elements of each input may come from, for errors.
    let sources: [[Origin]]

    init(
        routine: any Routine, inputs: [Place], output: Place, value: Int, isPacked: Bool, shape: Shape,
        sources: [[Origin]]
    ) {
        self.routine = routine
        self.inputs = inputs
        self.output = output
        self.value = value
        self.isPacked = isPacked
        self.shape = shape
        self.sources = sources
    }
}

/// Where a value lies.
enum Place: Sendable {
    /// In the worker's arena.
    case arena(value: Int, count: Int)
    /// In memory for all rows of its axis.
    case store(value: Int, count: Int)
    /// The same, read from its first row on whatever the block: what gather picks from.
    case whole(value: Int, count: Int)
    /// Bound, without a row axis.
    case constant(value: Int)
}

/// A binding that a value's elements were taken from, unchanged.
struct Origin: Sendable {
    let source: InputSource
    /// The value that is bound, its elements in one row, and from one row to the next.
    let value: Int
    let count: Int
    let stride: Int
    /// The index table on the way, if any.
    let table: Int?
}

/// Follows gathers, selections and merges of integers back to bindings; none for floats, of which no index is made.
///
/// - Parameter table: by which the value is read, if any.
private func origins(of value: Int, by table: Int?, in plan: Plan, _ writers: [Int: Step]) -> [Origin] {
    struct Place: Hashable {
        var value: Int
        var table: Int?
    }
    guard plan.values[value].type.element == .int32 else { return [] }
    var (found, seen, open): ([Origin], Set<Place>, [Place]) = ([], [], [Place(value: value, table: table)])
    while let place = open.popLast() {
        guard seen.insert(place).inserted else { continue }
        let value = plan.values[place.value]
        if let step = writers[place.value] {
            open += step.inputs.enumerated().reversed().map { number, input in
                Place(value: input, table: step.op.table(ofInput: number) ?? place.table)
            }
        } else if let input = plan.inputs.first(where: { $0.value == place.value }) {
            let count = value.type.shape.count
            found.append(
                Origin(
                    source: input.source, value: place.value, count: count, stride: value.rows == .constant ? 0 : count,
                    table: place.table))
        }
    }
    return found
}
