internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubOps
internal import ScrubPlan
internal import ScrubPlanner

/// A plan ready on an engine, with what is bound to it whatever is drawn.
struct PreparedRun {
    let experiment: Experiment
    let options: RunOptions
    let engine: Engine
    let plan: Plan
    private let prepared: any PreparedPlan
    private let replacements: Replacements?
    /// All of D, where the plain model is computed on every row; otherwise rows are those drawn.
    let everyRow: DistinctRows?
    /// Rows that the plan is laid out for.
    let plannedRows: Int

    /// - Parameters:
    ///   - experiment: what is run.
    ///   - options: `samples` replicates at a time.
    ///   - engines: best first.
    ///   - isExact: whether the plain model is computed on all of D.
    init(_ experiment: Experiment, _ options: RunOptions, on engines: [Engine], isExact: Bool) throws {
        self.experiment = experiment
        self.options = options
        replacements = try Replacements(experiment, options.ablation)
        everyRow = isExact ? experiment.distinct(0..<Int32(experiment.dataset.count), replacements) : nil
        let rows = everyRow?.representatives.count ?? experiment.plannedRows(options)
        plannedRows = rows
        (engine, plan, prepared) = try Engine.prepare(engines) { limits in
            try experiment.plan(options, limits, datasetRows: rows)
        }
    }

    /// Runs the rows in `tables`.
    ///
    /// - Returns: what was measured, all that is known of D where every row was computed, the rows computed, and what
    ///   the engine returned.
    func run(
        _ tables: [[Int32]], progress: @Sendable (RunProgress) -> Void
    ) throws -> (replicates: Replicates, population: Population?, rows: Int, result: RunResult) {
        let rows = everyRow ?? experiment.distinct(Set(tables.joined()).sorted(), replacements)
        let bindings = Bindings(
            datasetRows: rows.representatives.count, replicates: tables.first?.count ?? 0,
            inputs: try experiment.inputs(of: plan, rows, replacements, on: engine),
            tables: tables.map { table in table.map { rows.slots[Int($0)] } })
        try bindings.check(against: plan)
        let result = try prepared.run(bindings, progress: progress)
        let results = RootReader(
            experiment: experiment, result: result, rows: rows, isExact: everyRow != nil)
        return (
            try results.replicates(reference: tables.first ?? []), try results.population(),
            rows.representatives.count, result
        )
    }
}
