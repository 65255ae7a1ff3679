internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// A plan prepared for the CPU: a routine for each step, a place for each value.
struct Program: PreparedPlan {
    let plan: Plan
    let threads: Int
    let product: MatrixProduct
    let phases: [Phase]

    init(_ plan: Plan, threads: Int, product: MatrixProduct) throws {
        try check(plan)
        self.plan = plan
        self.threads = threads
        self.product = product
        phases = try [Rows.dataset, .replicates].map { try Phase(plan, $0, product) }
    }

    func run(_ bindings: Bindings, progress: @Sendable (Progress) -> Void) throws -> RunResult {
        try bindings.check(against: plan)
        let values = plan.roots.map { plan.values[$0.value] }
        let sizes = values.map { [$0.rows == .dataset ? bindings.datasetRows : bindings.replicates] + $0.type.shape.axes.map(\.count) }
        var record = RunRecord()
        let inputs = plan.inputs.map { bindings.inputs[$0.source] }
        let tables: [HostTensor?] = bindings.tables.map { HostTensor([$0.count], $0) }
        let roots = try tensors(zip(values.map(\.type.element), sizes).map { ($0, $1) }[...]) { roots in
            try withPointers(to: inputs[...]) { inputs in
                try withPointers(to: tables[...]) { tables in
                    record = try Run(self, bindings, inputs: inputs, tables: tables, roots: roots).compute(progress)
                }
            }
        }
        return RunResult(roots: Dictionary(uniqueKeysWithValues: zip(plan.roots.map(\.name), roots)), record: record)
    }
}

/// The steps on one row axis, and the arena they need.
struct Phase: Sendable {
    let rows: Rows
    let instructions: [Instruction]
    /// Elements of arena for each row.
    let elementsPerRow: Int
    /// Floats of scratch for each worker.
    let scratch: Int
    /// Rows of the plan's chunk, and of the blocks that a worker takes at a time.
    let chunk: Int
    let block: Int

    /// Bytes of arena at which a block's values stay in a second-level cache beside the weights.
    private static let cacheBytes = 1 << 18
    /// Rows below which a block no longer amortises reading the weights.
    private static let leastRows = 8

    init(_ plan: Plan, _ rows: Rows, _ product: MatrixProduct) throws {
        let layout = Layout(plan, phase: rows)
        // What outlives its block is written where it stays.
        let lasting = Set(plan.kept + plan.roots.map(\.value) + plan.inputs.map(\.value))
        func place(_ value: Int) -> Place {
            let count = plan.values[value].type.shape.count
            if plan.values[value].rows == .constant { return .constant(value: value) }
            if lasting.contains(value) { return .store(value: value, count: count) }
            return .arena(offset: layout.offsets[value] ?? 0, count: count)
        }
        self.rows = rows
        instructions = try plan.steps(on: rows).map { step in
            var inputs = step.inputs.map(place)
            if case .gather = step.op { inputs = [.whole(value: step.inputs[0], count: plan.values[step.inputs[0]].type.shape.count)] }
            return Instruction(
                name: step.op.name, routine: try routine(for: step, in: plan, product), inputs: inputs, output: place(step.output),
                sources: step.inputs.map { origin(of: $0, in: plan) })
        }
        elementsPerRow = layout.elementsPerRow
        scratch = instructions.map(\.routine.scratch).max() ?? 0
        chunk = rows == .dataset ? plan.chunks.dataset : plan.chunks.replicates
        block = min(chunk, max(Self.leastRows, Self.cacheBytes / max(1, 4 * elementsPerRow)))
    }
}

/// One step with its places.
struct Instruction: Sendable {
    let name: String
    let routine: any Routine
    let inputs: [Place]
    let output: Place
    /// Where each input comes from, for errors.
    let sources: [Origin?]
}

/// Where a value lies.
enum Place: Sendable {
    /// In the worker's arena, at `offset × rows of a block`.
    case arena(offset: Int, count: Int)
    /// In memory for all rows of its axis.
    case store(value: Int, count: Int)
    /// The same, read from its first row on whatever the block: what gather picks from.
    case whole(value: Int, count: Int)
    /// Bound, without a row axis.
    case constant(value: Int)
}

/// The binding that a value's elements were taken from, unchanged.
struct Origin: Sendable {
    let source: InputSource
    /// The index table on the way, if any.
    let table: Int?
}

/// Follows gathers and selections back to a binding.
private func origin(of value: Int, in plan: Plan) -> Origin? {
    var (value, table): (Int, Int?) = (value, nil)
    while let step = plan.steps.first(where: { $0.output == value }) {
        switch step.op {
        case .gather(let op): table = op.table
        case .selectPositions: break
        default: return nil
        }
        value = step.inputs[0]
    }
    return plan.inputs.first { $0.value == value }.map { Origin(source: $0.source, table: table) }
}
