internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubOps
internal import ScrubPlan
internal import ScrubPlanner
internal import Synchronization

/// The plan of a few hypotheses, ready on an engine, with what is bound to it whatever is drawn.
struct PreparedRun {
    let joint: Joint
    let options: RunOptions
    let engine: Engine
    let plan: Plan
    /// Before any pass.
    let lowered: Plan
    /// By member, the number in the plan of each of its tables.
    let tables: [[Int]]
    private let prepared: any PreparedPlan
    private let replacements: Replacements?
    /// What all draws keep to; nothing where they are given.
    private let covered: Set<CoveredPosition>
    /// How rows are drawn, where the engine draws them.
    let draws: RowDraws?
    /// All of D, where the plain model is computed on every row; otherwise rows are those drawn.
    let everyRow: DistinctRows?
    /// Most bytes that the run holds at once.
    let peakBytes: Int
    /// Replicates that are run at a time.
    let round: Int

    /// - Parameters:
    ///   - joint: what is run.
    ///   - options: `samples` replicates in all.
    ///   - engines: best first.
    ///   - isExact: whether the plain model is computed on all of D.
    init(_ joint: Joint, _ options: RunOptions, on engines: [Engine], isExact: Bool) throws {
        self.joint = joint
        self.options = options
        replacements = try Replacements(joint.members[0], options.ablation)
        everyRow = isExact ? joint.distinct(0..<Int32(joint.dataset.count), replacements) : nil
        let rows = everyRow?.representatives.count ?? joint.plannedRows(options)
        let made = try joint.lowered(options)
        (lowered, tables) = (made.plan, made.tables)
        let size = joint.heldSize(options, made.plan, datasetRows: rows, everyRow: everyRow)
        let (engine, ready) = try Engine.prepare(engines, size) { limits in
            try joint.plan(options, made.plan, limits, datasetRows: rows)
        }
        (self.engine, plan, prepared, draws) = (engine, ready.plan, ready.prepared, ready.draws)
        covered = options.replay == nil ? joint.covered(plan) : []
        peakBytes = size.bytes(prepared, drawing: draws) ?? .max
        round = ready.round
    }

    /// The rows on the dataset axis where these are drawn.
    func rows(_ drawn: [[Int32]]) -> DistinctRows {
        everyRow ?? joint.distinct(Set(drawn.joined()).sorted(), replacements)
    }

    /// Computes the dataset axis and lets `body` run replicates.
    ///
    /// - Parameters:
    ///   - rows: those that may be drawn; all of D unless given.
    ///   - replicates: how many `body` will run in all, for `progress`.
    ///   - progress: called after each chunk.
    ///   - body: runs replicates.
    func run(
        rows: DistinctRows? = nil, replicates: Int, progress: @Sendable (RunProgress) -> Void,
        _ body: (PlanRun) throws -> Void
    ) throws {
        let rows = rows ?? self.rows([])
        let data = DatasetBindings(
            rows: rows.representatives.count,
            inputs: try joint.inputs(of: plan, rows, replacements, on: engine), covered: covered, draws: draws)
        let done = Atomic(0)
        let round = min(round, replicates)
        _ = try prepared.run(
            data,
            progress: { part in
                guard part.phase == .replicates else { return progress(part) }
                // Of one round: a share of its replicates.
                let sum = min(replicates, done.load(ordering: .relaxed) + Int(part.share * Double(round)))
                progress(RunProgress(phase: .replicates, done: sum, total: replicates))
            },
            { run, roots in
                try body(
                    PlanRun(
                        prepared: self, rows: rows, run: run, datasetRoots: roots,
                        finished: { done.wrappingAdd($0, ordering: .relaxed) }))
            })
    }
}

/// Replicates on a computed dataset axis, as each hypothesis of the plan sees them.
struct PlanRun {
    let prepared: PreparedRun
    let rows: DistinctRows
    let run: any ReplicateRun
    let datasetRoots: [String: HostTensor]
    let finished: (Int) -> Void

    /// What one member measured, and its outputs where they are kept.
    struct Measured {
        var replicates: Replicates
        var outputs: [Float]
    }

    /// Runs rows of D, by table of the plan and replicate.
    ///
    /// - Returns: by member.
    func replicates(_ tables: [[Int32]]) throws -> [Measured] {
        try measured(
            try run.run(tables.map { table in table.map { rows.slots[Int($0)] } }), reference: tables.first ?? [])
    }

    /// Runs replicates that the engine draws.
    ///
    /// - Parameters:
    ///   - replicates: which.
    ///   - seed: of the draws.
    ///   - reference: by replicate, the row of D of the first table.
    /// - Returns: by member.
    func replicates(drawing replicates: Range<Int>, seed: UInt64, reference: [Int32]) throws -> [Measured] {
        try measured(try run.run(drawing: replicates, seed: seed), reference: reference)
    }

    private func measured(_ roots: [String: HostTensor], reference: [Int32]) throws -> [Measured] {
        finished(reference.count)
        return try prepared.joint.members.indices.map { member in
            let reader = reader(member, roots)
            return Measured(
                replicates: try reader.replicates(reference: reference),
                outputs: roots[PlanRoot.outputs.name(member: member)]?.floats ?? [])
        }
    }

    /// By member, what is known of D; nil where only drawn rows were computed.
    func populations() throws -> [Population?] {
        try prepared.joint.members.indices.map { try reader($0, [:]).population() }
    }

    private func reader(_ member: Int, _ roots: [String: HostTensor]) -> RootReader {
        RootReader(
            experiment: prepared.joint.members[member], member: member,
            roots: datasetRoots.merging(roots) { first, _ in first }, rows: rows, isExact: prepared.everyRow != nil)
    }
}
