internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubHypothesis
internal import ScrubModels
internal import ScrubOps
internal import ScrubPlan
public import ScrubPlanner

extension Experiment {
    /// The plan before any pass.
    func lowered(_ options: RunOptions) throws -> Plan {
        try lower(
            tree, of: graph, measuring: behaviours, distance: distance,
            LoweringOptions(
                keepsOutputs: options.keepsOutputs,
                ablation: options.ablation,
                ablationClasses: try Replacements(self, options.ablation)?.classes.classCount ?? 1))
    }

    /// Every stage of the plan for `options`, as `explain` prints them.
    ///
    /// - Throws: a `Diagnostic`.
    public func stages(_ options: RunOptions) throws -> [Stage] { try explained(options).stages }

    /// Every stage of the plan, and what a run of the last one costs where it computes as many distinct rows as it can.
    ///
    /// - Throws: a `Diagnostic`.
    public func explained(_ options: RunOptions) throws -> (stages: [Stage], cost: Report.PlanFigures) {
        var options = options
        if options.isExact { _ = try enumeration(&options) }
        guard let limits = try Engine.candidates(options).first?.limits else {
            throw ExperimentError.noDevice(wanted: options.backend.description, exist: [])
        }
        let rows = plannedRows(options)
        let stages = try stages(options, limits, datasetRows: rows)
        let plan = stages.last?.plan ?? Plan()
        return (stages, try planFigures(options, plan, limits, datasetRows: rows, planned: rows))
    }

    func stages(_ options: RunOptions, _ limits: DeviceLimits, datasetRows: Int) throws -> [Stage] {
        let planner = Planner(limits: limits, optimises: options.optimises)
        var stages = try planner.stages(try lowered(options), datasetRows: datasetRows, replicates: options.samples)
        if let chunks = options.chunks, let last = stages.indices.last { stages[last].plan.chunks = chunks }
        return stages
    }

    /// What reports say of a plan over `datasetRows` distinct rows, laid out for `planned` of them.
    func planFigures(
        _ options: RunOptions, _ plan: Plan, _ limits: DeviceLimits, datasetRows: Int, planned: Int
    ) throws -> Report.PlanFigures {
        func cost(_ plan: Plan) -> PlanCost {
            plan.cost(datasetRows: datasetRows, replicates: options.samples, workers: limits.workers)
        }
        let forward = max(1, forwardOperations)
        return Report.PlanFigures(
            forwardEquivalents: cost(plan).operations / forward,
            naiveForwardEquivalents: cost(try lowered(options)).operations / forward,
            peakBytes: plan.cost(
                datasetRows: planned, replicates: options.samples, workers: limits.workers
            ).peakBytes, datasetRows: datasetRows)
    }

    /// The most rows that the dataset axis can have: the distinct ones of D, or as many as can be drawn. Depends on
    /// sizes only, so that the plan does not depend on the seed.
    func plannedRows(_ options: RunOptions) -> Int {
        if isModelExact(options) { return distinct(0..<Int32(dataset.count), nil).representatives.count }
        let (drawn, overflow) = options.samples.multipliedReportingOverflow(by: tree.tables.count)
        return overflow ? dataset.count : min(dataset.count, drawn)
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

extension Graph {
    fileprivate func operations(of range: Range<Int>) -> Double {
        nodes[range].reduce(0) { total, node in
            guard node.dependsOnData, case .op(let op) = node.kind else { return total }
            return total + op.rule.operations(of: node.inputs.map { nodes[$0].type })
        }
    }
}
