internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
public import ScrubHypothesis
internal import ScrubModels
internal import ScrubOps
public import ScrubPlan
internal import ScrubPlanner
internal import ScrubStatistics

extension Experiment {
    /// Draws, plans, runs and estimates.
    ///
    /// - Parameters:
    ///   - options: how many samples, from which seed, and how.
    ///   - engines: what to run on, best first: one that cannot prepare the plan gives way to the next, and the report
    ///     says so. Those that `options` name, unless given.
    ///   - progress: called after each chunk.
    /// - Throws: a `Diagnostic`; its fault says whether the input or the device is to blame.
    public func run(
        _ options: RunOptions, on engines: [Engine]? = nil, progress: @Sendable (RunProgress) -> Void = { _ in }
    ) throws -> Run {
        var options = options
        let enumeration = options.isExact ? try enumeration(&options) : nil
        let given = try enumeration?.tables ?? replayedTables(&options)
        let engines = try engines ?? Engine.candidates(options)
        let isExact = isModelExact(options)
        try checkOutputs(options)
        // A run that cannot fit says so before anything is drawn; the last engine's word counts.
        if options.plan == nil, let last = engines.last {
            _ = try stages(options, last.limits, datasetRows: plannedRows(options))
        }
        let groups = try options.groupings.map { try Groups(by: $0, of: self) }
        let provenance = try provenance(options)
        let sampler = try sampler(seed: options.seed)
        var tables = try given ?? sampler.draw(0..<options.samples)
        let prepared = try PreparedRun(self, options, on: engines, isExact: isExact)
        let rewrites = try RewriteCheck(experiment: self, engine: prepared.engine).figures()
        let first = try prepared.run(tables, progress: progress)
        try check(first.replicates)
        var figures = FigureMaker(
            experiment: self, replicates: first.replicates, population: first.population,
            probabilities: enumeration?.probabilities)
        var outputs = first.result.roots[PlanRoot.outputs.name()]?.floats ?? []
        if let goal = options.width, given == nil {
            while let more = try figures.replicatesMissing(for: goal) {
                let start = figures.replicates.count
                options.samples = start + more
                try checkOutputs(options)
                options.samples = more
                let drawn = try sampler.draw(start..<start + more)
                let round = try PreparedRun(self, options, on: [prepared.engine], isExact: isExact)
                let next = try round.run(drawn, progress: progress)
                try check(next.replicates)
                figures.replicates.append(next.replicates)
                outputs += next.result.roots[PlanRoot.outputs.name()]?.floats ?? []
                for number in tables.indices { tables[number] += drawn[number] }
            }
        }
        var report = Report(
            hypothesis: interpretation.name,
            ablation: options.ablation == .resample ? nil : "\(options.ablation)", samples: figures.replicates.count,
            isExact: options.isExact, seed: options.replay == nil && !options.isExact ? options.seed : nil,
            backend: prepared.engine.backend.identity, backendNote: prepared.engine.note, rewrites: rewrites,
            figures: [],
            outputs: try figures.outputDistance(),
            claims: tree.tables.contains { $0.feature.map { samplers[$0] != nil } ?? false } ? nil : try specificity(),
            plan: try planFigures(
                prepared.options, prepared.plan, prepared.engine.limits, datasetRows: first.rows,
                planned: prepared.plannedRows),
            execution: first.result.record, warnings: warnings, provenance: provenance)
        for number in behaviours.indices {
            do {
                report.figures.append(try figures.figure(number, groups: groups))
            } catch ExperimentError.noCorrelation(let metric) where number > 0 {
                report.warnings.append("\(ExperimentError.noCorrelation(metric).message); it is left out")
            }
        }
        let scores = Set(behaviours.filter { !$0.isLoss }.map(\.metric))
        report.warnings +=
            (report.claims?.warnings ?? [])
            + FigureWarnings(report: report, goal: options.width, scores: scores).texts
        return Run(
            report: report, dataset: dataset, plan: prepared.plan, tables: tables, replicates: figures.replicates,
            population: first.population,
            outputs: options.keepsOutputs
                ? HostTensor([tables[0].count] + graph.nodes[behaviour.read].type.shape.axes.map(\.count), outputs)
                : nil,
            record: first.result.record)
    }

    /// Throws the first number that is none.
    func check(_ replicates: Replicates) throws(ExperimentError) {
        func check(_ metric: String, _ values: [Float]) throws(ExperimentError) {
            guard let bad = values.firstIndex(where: { !$0.isFinite }) else { return }
            let row = dataset.fileRow(Int(replicates.reference[bad])) + 1
            throw .notFinite(metric, value: Double(values[bad]), row: row)
        }
        for (behaviour, measured) in zip(behaviours, replicates.measured) {
            try check("\(behaviour.metric) of the model", measured.model)
            try check("\(behaviour.metric) of the scrubbed model", measured.scrubbed)
            try check("\(behaviour.metric) of the baseline", measured.baseline)
        }
        try check("the squared distance of outputs", replicates.squaredDistance)
        try check("the divergence of outputs", replicates.divergence)
    }

    private func checkOutputs(_ options: RunOptions) throws(ExperimentError) {
        let bytes = Double(graph.nodes[behaviour.read].type.bytes) * Double(options.samples)
        guard options.keepsOutputs, bytes > Double(RunOptions.mostOutputBytes) else { return }
        throw .outputs(bytes: bytes, limit: RunOptions.mostOutputBytes)
    }

    /// The plan made, or the one in the file that `options` name.
    func plan(_ options: RunOptions, _ limits: DeviceLimits, datasetRows: Int) throws -> Plan {
        if let path = options.plan { return try plan(in: path, options, limits, datasetRows: datasetRows) }
        return try stages(options, limits, datasetRows: datasetRows).last?.plan ?? Plan()
    }

    /// The tables of the replay, where there is one; its length is then the number of samples.
    private func replayedTables(_ options: inout RunOptions) throws -> [[Int32]]? {
        guard let path = options.replay else {
            guard (1...ExperimentError.mostSamples).contains(options.samples) else {
                throw ExperimentError.samples(options.samples)
            }
            return nil
        }
        let tables = try Replay.read(path, tables: tree.tables, rows: dataset.count)
        options.samples = tables.first?.count ?? 0
        do { try sampler(seed: options.seed).check(tables) } catch {
            throw ExperimentError.replay(file: path, error.message)
        }
        return tables
    }

    /// The sampler of this hypothesis's draws.
    public func sampler(seed: UInt64) throws(SamplingError) -> Sampler {
        try Sampler(
            tables: tree.tables, features: features.mapValues(\.classes).merging(samplers) { _, own in own },
            everything: dataset.everyRow, seed: seed)
    }

    func distinct(_ rows: some Sequence<Int32>, _ replacements: Replacements?) -> DistinctRows {
        let classes = replacements.map { [$0.column] } ?? []
        return DistinctRows(Array(model.columns.values) + classes, count: dataset.count, rows: rows)
    }

    /// Every binding that `plan` names.
    func inputs(
        of plan: Plan, _ rows: DistinctRows, _ replacements: Replacements?, on engine: Engine
    ) throws -> [InputSource: HostTensor] {
        var columns = model.columns
        columns[Ablation.classes] = replacements?.column
        let statistics = try replacements?.tensors(for: plan, on: engine) ?? [:]
        return try inputs(of: plan) { source in
            if case .column = source { return columns[source].map(rows.pick) }
            return statistics[source] ?? model.statistics[source]
        }
    }

    /// The bindings of a plan over some rows of D.
    func inputs(of plan: Plan, rows: [Int32]) throws -> [InputSource: HostTensor] {
        try inputs(of: plan) { source in
            if case .column = source { return model.columns[source].map { $0.picking(rows) } }
            return model.statistics[source]
        }
    }

    private func inputs(
        of plan: Plan, _ bound: (InputSource) -> HostTensor?
    ) throws -> [InputSource: HostTensor] {
        var inputs: [InputSource: HostTensor] = [:]
        for input in plan.inputs {
            if case .weight(let name, let slice) = input.source {
                inputs[input.source] = try model.weight(name, slice)
            } else {
                inputs[input.source] = bound(input.source)
            }
        }
        return inputs
    }

    private func provenance(_ options: RunOptions) throws -> Provenance {
        var flags = ["samples": "\(options.samples)", "seed": "\(options.seed)", "backend": "\(options.backend)"]
        flags["replay"] = options.replay
        flags["plan"] = options.plan
        if !options.optimises { flags["optimise"] = "false" }
        if options.ablation != .resample { flags["ablation"] = "\(options.ablation)" }
        if options.isExact { flags["exact"] = "true" }
        if let width = options.width { flags["until-width"] = "\(width)" }
        if !options.groupings.isEmpty { flags["by"] = options.groupings.joined(separator: "; ") }
        return Provenance(
            version: scrubjayVersion,
            files: try Provenance.hashes(of: model.files + [options.replay, options.plan].compactMap { $0 }),
            flags: flags)
    }
}
