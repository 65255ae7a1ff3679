internal import ScrubCore
internal import ScrubData
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
        let replayed = try enumeration?.tables ?? replayedTables(&options)
        let engines = try engines ?? Engine.candidates(options)
        let exact = isModelExact(options)
        let replacements = try Replacements(self, options.ablation)
        let all = exact ? distinct(0..<Int32(dataset.count), replacements) : nil
        let planned = all?.representatives.count ?? plannedRows(options)
        // A run that cannot fit says so before anything is drawn; the last engine's word counts.
        if options.plan == nil, let last = engines.last {
            _ = try stages(options, last.limits, datasetRows: planned)
        }
        let provenance = try provenance(options)
        let drawn = try replayed ?? sampler(seed: options.seed).draw(0..<options.samples)
        let rows = all ?? distinct(Set(drawn.joined()).sorted(), replacements)
        let (engine, plan, prepared) = try Engine.prepare(engines) { limits in
            try self.plan(options, limits, datasetRows: planned)
        }
        let rewrites = try RewriteCheck(experiment: self, engine: engine).figures()
        let slots = drawn.map { table in table.map { rows.slots[Int($0)] } }
        let bindings = Bindings(
            datasetRows: rows.representatives.count, replicates: options.samples,
            inputs: try inputs(of: plan, rows, replacements, on: engine), tables: slots)
        try bindings.check(against: plan)
        let result = try prepared.run(bindings, progress: progress)

        let figures = FigureMaker(
            experiment: self, result: result, rows: rows, reference: drawn[0], isExact: exact,
            probabilities: enumeration?.probabilities)
        let report = Report(
            hypothesis: interpretation.name, samples: options.samples,
            seed: options.replay == nil && !options.isExact ? options.seed : nil,
            backend: engine.backend.identity, backendNote: engine.note, rewrites: rewrites,
            figures: [try figures.figure()],
            plan: try planFigures(
                options, plan, engine.limits, datasetRows: rows.representatives.count, planned: planned),
            execution: result.record,
            warnings: warnings, provenance: provenance)
        return Run(
            report: report, plan: plan, tables: drawn, scrubbed: result.roots["scrubbed"]?.floats ?? [],
            outputs: result.roots["outputs"], record: result.record)
    }

    /// The plan made, or the one in the file that `options` name.
    private func plan(_ options: RunOptions, _ limits: DeviceLimits, datasetRows: Int) throws -> Plan {
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
    private func inputs(
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
        return Provenance(
            version: scrubjayVersion,
            files: try Provenance.hashes(of: model.files + [options.replay, options.plan].compactMap { $0 }),
            flags: flags)
    }
}
