internal import ScrubCore
internal import ScrubGraph
internal import ScrubHypothesis
internal import ScrubOps
internal import ScrubPlan
internal import ScrubPlanner
internal import ScrubStatistics

extension Joint {
    /// Draws, plans, runs and estimates: by member. See `Experiment.run`.
    func run(
        _ options: RunOptions, on engines: [Engine], _ progress: @Sendable (RunProgress) -> Void
    ) throws -> [Run] {
        var hashes: [String: String] = [:]
        var runs: [Run] = []
        try run(options, seeds: [options.seed], on: engines, nil, hashes: &hashes, nil, progress) { _, made in
            runs = try made.map { try $0.get() }
        }
        return runs
    }

    /// The same under each of several seeds, by one dataset axis where that has all of D.
    ///
    /// - Parameters:
    ///   - options: of the run; its seed has no part.
    ///   - seeds: in order.
    ///   - engines: best first.
    ///   - journal: where rounds are kept, and what was kept before is found. With one, a member whose figures cannot be had
    ///     fails alone.
    ///   - hashes: of files, by path; those that are wanting are added.
    ///   - ready: called with the most bytes that are held at once, before anything is computed.
    ///   - progress: called after each chunk.
    ///   - finished: called with each seed's place and its runs, by member.
    func run(
        _ options: RunOptions, seeds: [UInt64], on engines: [Engine], _ journal: RunJournal?,
        hashes: inout [String: String], _ ready: ((Int) -> Void)?, _ progress: @Sendable (RunProgress) -> Void,
        finished: (Int, [Result<Run, any Error>]) throws -> Void
    ) throws {
        let groups = members.map { member in
            Result { try options.groupings.map { try Groups(by: $0, of: member) } }
        }
        if journal == nil { for of in groups { _ = try of.get() } }
        let provenances = try members.map { try $0.provenance(options, &hashes) }
        try measure(options, seeds: seeds, on: engines, journal, ready, progress) { seed, run, measured in
            var asked = run.options
            asked.seed = seeds[seed]
            let made = try members.indices.concurrentMap { [asked] member in
                var provenance = provenances[member]
                provenance.flags["seed"] = "\(asked.seed)"
                return Result {
                    try self.run(member, asked, run, measured, provenance, groups[member].get())
                }
            }
            try finished(seed, made)
        }
    }

    /// The run of one member.
    private func run(
        _ member: Int, _ options: RunOptions, _ run: MeasuredRun, _ measured: SeedMeasurements,
        _ provenance: Provenance,
        _ groups: [Groups]
    ) throws -> Run {
        let (experiment, figures) = (members[member], try measured.figures[member].get())
        let (prepared, engine) = (run.prepared, run.prepared.engine)
        let samplesOfItsOwn = experiment.tree.tables.contains { table in
            table.feature.map { experiment.samplers[$0] != nil } ?? false
        }
        var report = Report(
            hypothesis: experiment.interpretation.name,
            ablation: options.ablation == .resample ? nil : "\(options.ablation)",
            samples: figures.replicates.count, isExact: options.isExact,
            seed: options.replay == nil && !options.isExact ? options.seed : nil,
            backend: engine.identity, backendNote: engine.note,
            rewrites: run.rewrites[member], figures: [], outputs: figures.outputDistance(),
            claims: samplesOfItsOwn ? nil : try experiment.specificity(),
            plan: planFigures(
                options.samples, prepared.plan, naive: prepared.lowered, datasetRows: run.rows,
                peakBytes: prepared.peakBytes),
            execution: measured.record, warnings: experiment.warnings, provenance: provenance)
        report.provenance.tuning = engine.tuningDigest
        try report.add(figures, groups, goal: options.width)
        let sizes = experiment.graph.nodes[experiment.behaviour.read].type.shape.axes.map(\.count)
        return Run(
            report: report, dataset: dataset, plan: prepared.plan, tables: measured.tables[member],
            replicates: figures.replicates, population: figures.population,
            outputs: options.keepsOutputs
                ? HostTensor([figures.replicates.count] + sizes, measured.outputs[member]) : nil,
            record: measured.record)
    }
}

extension Report {
    /// Adds every figure, and what there is to beware of.
    fileprivate mutating func add(_ maker: FigureMaker, _ groups: [Groups], goal: Double?) throws {
        let behaviours = maker.experiment.behaviours
        for number in behaviours.indices {
            do {
                figures.append(try maker.figure(number, groups: groups))
            } catch ExperimentError.noCorrelation(let metric) where number > 0 {
                warnings.append("\(ExperimentError.noCorrelation(metric).message); it is left out")
            }
        }
        let scores = Set(behaviours.filter { !$0.isLoss }.map(\.metric))
        warnings += (claims?.warnings ?? []) + FigureWarnings(report: self, goal: goal, scores: scores).texts
    }
}
