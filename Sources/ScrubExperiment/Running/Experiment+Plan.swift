internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubHypothesis
internal import ScrubModels
internal import ScrubOps
internal import ScrubPlan
public import ScrubPlanner

extension Experiment {
    /// The plainest plan.
    func lowered(_ options: RunOptions) throws -> Plan {
        try Joint(self).lowered(options, gathersPlainValues: false).plan
    }

    /// Every stage of the plan for `options`, as `explain` prints them.
    ///
    /// - Throws: a `Diagnostic`.
    public func stages(_ options: RunOptions) throws -> [Stage] {
        try Experiment.forecast([self], options).first?.stages ?? []
    }

    /// Whether `model` and `baseline` are computed over all of D: where that costs at most four times what the drawn
    /// rows cost, or about a minute of two cores. Otherwise they are estimated on the rows drawn. Depends on sizes
    /// only.
    func isModelExact(_ options: RunOptions) -> Bool {
        if options.isExact { return true }
        let (drawn, overflow) = options.samples.multipliedReportingOverflow(by: tree.tables.count)
        if overflow || dataset.count / 4 <= drawn { return true }
        // A replay is run for its own replicates' sake.
        if options.replay != nil { return false }
        return forwardOperations * Double(dataset.count) <= 2e12
    }

    /// Operations of one plain forward pass and its loss, for one row: of the model as it was before any rewrite.
    var forwardOperations: Double {
        let plain = model.rewrites.first?.before ?? graph
        return plain.operations(of: 0..<plain.output + 1)
            + graph.operations(of: graph.output + 1..<max(graph.output, behaviour.loss) + 1)
    }
}

extension Joint {
    func stages(
        _ options: RunOptions, _ lowered: Plan, _ limits: DeviceLimits, datasetRows: Int
    ) throws -> [Stage] {
        let planner = Planner(limits: limits, optimises: options.optimises)
        var stages = try planner.stages(
            lowered, datasetRows: datasetRows, replicates: options.round(of: lowered.tables.count),
            of: options.samples)
        if let chunks = options.chunks, let last = stages.indices.last { stages[last].plan.chunks = chunks }
        return stages
    }

    /// Bytes of what is measured, which figures need whole: a number for each replicate and figure, and the rows drawn where
    /// they are kept.
    func figureBytes(_ options: RunOptions) -> Int {
        members.reduce(0) { total, member in
            let kept = min(options.samples, FigureMaker.mostKept(member, options))
            let (values, isLarge) = (4 * (3 + 3 * member.behaviours.count)).multipliedReportingOverflow(by: kept)
            let (draws, isLarger) = (options.keepsDraws ? 4 * member.tree.tables.count : 0)
                .multipliedReportingOverflow(by: options.samples)
            let (bytes, isLargest) = values.addingReportingOverflow(draws)
            let overflow = isLarge || isLarger || isLargest
            return overflow || total > .max - bytes ? .max : total + bytes
        }
    }

    /// The plan made, or the one in the file that `options` name.
    func plan(_ options: RunOptions, _ lowered: Plan, _ limits: DeviceLimits, datasetRows: Int) throws -> Plan {
        if let path = options.plan { return try members[0].plan(in: path, options, limits, datasetRows: datasetRows) }
        return try stages(options, lowered, limits, datasetRows: datasetRows).last?.plan ?? Plan()
    }

    /// How much memory a run of a plan takes besides the plan's own values, and for how many rows those are.
    ///
    /// - Parameter everyRow: all of D, where the dataset axis has it.
    func heldSize(_ options: RunOptions, _ plan: Plan, datasetRows: Int, everyRow: DistinctRows?) -> HeldSize {
        var size = HeldSize(
            datasetRows: datasetRows, replicates: options.round(of: plan.tables.count), figures: figureBytes(options))
        // Rows that are given, or that the host keeps, are bound.
        if let everyRow, !options.keepsDraws, !options.isExact, options.replay == nil {
            size.draws = { try sampler($0.tables, seed: options.seed).rowDraws(slots: everyRow.slots) }
            size.drawnThere = options.roundDrawnThere
        }
        return size
    }

    /// What reports say of a plan over `datasetRows` distinct rows.
    func planFigures(
        _ replicates: Int, _ plan: Plan, naive: Plan, datasetRows: Int, peakBytes: Int
    ) -> Report.PlanFigures {
        let forward = max(1, members[0].forwardOperations)
        let cost = plan.cost(datasetRows: datasetRows, replicates: replicates, workers: 1)
        return Report.PlanFigures(
            forwardEquivalents: cost.operations / forward,
            naiveForwardEquivalents: naive.treeifiedOperations(datasetRows: datasetRows, replicates: replicates)
                / forward, peakBytes: peakBytes, datasetRows: datasetRows, hypotheses: members.count)
    }

    /// The most rows that the dataset axis can have: the distinct ones of D, or as many as can be drawn. Depends on
    /// sizes only, so that the plan does not depend on the seed.
    func plannedRows(_ options: RunOptions) -> Int {
        if members[0].isModelExact(options) {
            return distinct(0..<Int32(dataset.count), nil).representatives.count
        }
        let (drawn, overflow) = options.samples.multipliedReportingOverflow(by: members[0].tree.tables.count)
        return overflow ? dataset.count : min(dataset.count, drawn)
    }

    func distinct(_ rows: some Sequence<Int32>, _ replacements: Replacements?) -> DistinctRows {
        let classes = replacements.map { [$0.column] } ?? []
        return DistinctRows(Array(columns.values) + classes, count: dataset.count, rows: rows)
    }

    /// Every binding that `plan` names.
    func inputs(
        of plan: Plan, _ rows: DistinctRows, _ replacements: Replacements?, on engine: Engine
    ) throws -> [InputSource: HostTensor] {
        let statistics = try replacements?.tensors(for: plan, on: engine) ?? [:]
        var inputs: [InputSource: HostTensor] = [:]
        for source in plan.inputs.map(\.source) {
            let model = model(of: source)
            switch source {
            case .weight, .transposedWeight: inputs[source] = try model.tensor(source)
            case .column:
                let column = source == Ablation.classes ? replacements?.column : model.columns[source]
                inputs[source] = column.map(rows.pick)
            case .statistic: inputs[source] = statistics[source] ?? model.statistics[source]
            }
        }
        return inputs
    }
}

extension RunOptions {
    /// The most bytes of index tables that are held at a time, as drawn and as the engine reads them: so few of a small limit
    /// that activations have nearly all of it.
    private var tableBytes: Int { min(64 << 20, memory / 64) }

    /// Replicates that a device runs at a time which draws their rows: so many that it seldom waits for the host, as far as what
    /// they return, which the host holds twice, is no more than tables may be.
    func roundDrawnThere(_ plan: Plan) -> Int {
        if let round { return min(samples, max(1, round)) }
        let returned = plan.roots.filter { plan.values[$0.value].rows == .replicates }
            .reduce(0) { $0 + plan.values[$1.value].type.bytes }
        return min(samples, 1024 * min(128, max(1, tableBytes / (2 * 1024 * max(1, returned)))))
    }

    /// Replicates that are drawn and run at a time, of a plan with so many tables: whole blocks of 1,024.
    func round(of tables: Int) -> Int {
        if let round { return min(samples, max(1, round)) }
        let blocks = tableBytes / (8 * 1024 * max(1, tables))
        return min(samples, 1024 * min(16, max(1, blocks)))
    }
}

extension Graph {
    fileprivate func operations(of range: Range<Int>) -> Double {
        nodes[range].reduce(0) { total, node in
            guard node.dependsOnData, case .op(let op) = node.kind else { return total }
            return total + op.rule.operations(of: node.inputs.map { nodes[$0].type })
        }
    }
}
