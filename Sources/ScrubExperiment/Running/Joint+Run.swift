internal import ScrubCore
internal import ScrubGraph
internal import ScrubHypothesis
internal import ScrubOps
internal import ScrubPlan
internal import ScrubPlanner
internal import ScrubStatistics

/// What was drawn and measured so far for one member.
private struct Collected {
    var replicates: Replicates?
    var outputs: [Float] = []
    /// By table of the member, where draws are kept.
    var tables: [[Int32]]

    mutating func add(_ measured: PlanRun.Measured, keeping most: Int) {
        if replicates == nil {
            replicates = measured.replicates
        } else {
            replicates?.append(measured.replicates, keeping: most)
        }
        outputs += measured.outputs
    }

    mutating func add(_ drawn: [[Int32]], _ numbers: [Int]) {
        for (place, number) in numbers.enumerated() { tables[place] += drawn[number] }
    }
}

/// All that a joint run measured, before any figure is made of it.
struct Measurements {
    let prepared: PreparedRun
    /// By member.
    let figures: [FigureMaker]
    let outputs: [[Float]]
    /// By member and table of the member; empty where draws are not kept.
    let tables: [[[Int32]]]
    /// By member, what was found of each of its rewrites.
    let rewrites: [[Report.RewriteFigures]]
    /// Rows on the dataset axis.
    let rows: Int
    let record: RunRecord
}

extension Joint {
    /// Draws, plans, runs and estimates: by member. See `Experiment.run`.
    func run(
        _ options: RunOptions, on engines: [Engine], _ progress: @Sendable (RunProgress) -> Void
    ) throws -> [Run] {
        var options = options
        let groups = try members.map { member in try options.groupings.map { try Groups(by: $0, of: member) } }
        var hashes: [String: String] = [:]
        let provenances = try members.map { try $0.provenance(options, &hashes) }
        let measured = try measure(&options, on: engines, progress)
        let plan = measured.prepared.plan
        let cost = planFigures(
            options, plan, naive: measured.prepared.lowered, datasetRows: measured.rows,
            peakBytes: measured.prepared.peakBytes)
        let asked = options
        return try members.indices.concurrentMap { member in
            let (experiment, figures) = (members[member], measured.figures[member])
            let engine = measured.prepared.engine
            var report = Report(
                hypothesis: experiment.interpretation.name,
                ablation: asked.ablation == .resample ? nil : "\(asked.ablation)",
                samples: figures.replicates.count, isExact: asked.isExact,
                seed: asked.replay == nil && !asked.isExact ? asked.seed : nil,
                backend: engine.backend.identity, backendNote: engine.note,
                rewrites: measured.rewrites[member], figures: [], outputs: figures.outputDistance(),
                claims: experiment.tree.tables.contains { $0.feature.map { experiment.samplers[$0] != nil } ?? false }
                    ? nil : try experiment.specificity(),
                plan: cost, execution: measured.record, warnings: experiment.warnings,
                provenance: provenances[member])
            report.provenance.tuning = engine.tuningDigest
            try report.add(figures, groups[member], goal: asked.width)
            let sizes = experiment.graph.nodes[experiment.behaviour.read].type.shape.axes.map(\.count)
            return Run(
                report: report, dataset: dataset, plan: plan, tables: measured.tables[member],
                replicates: figures.replicates, population: figures.population,
                outputs: asked.keepsOutputs
                    ? HostTensor([figures.replicates.count] + sizes, measured.outputs[member]) : nil,
                record: measured.record)
        }
    }

    /// Draws, plans and runs. Sets the samples of `options` to those of a replay or an enumeration.
    func measure(
        _ options: inout RunOptions, on engines: [Engine], _ progress: @Sendable (RunProgress) -> Void
    ) throws -> Measurements {
        // Only one member enumerates, replays, or draws until a figure is known well enough.
        let enumeration = options.isExact ? try members[0].enumeration(&options) : nil
        let given = try enumeration?.tables ?? members[0].replayedTables(&options)
        let (asked, isExact) = (options, members[0].isModelExact(options))
        for member in members { try member.checkOutputs(options) }
        // A run that cannot fit says so before anything is drawn.
        var prepared = try PreparedRun(self, options, on: engines, isExact: isExact)
        let rewrites = try members.map { try RewriteCheck(experiment: $0, engine: prepared.engine).figures() }
        let sampler = try sampler(prepared.plan.tables, seed: options.seed)

        let most = members.map { FigureMaker.mostKept($0, asked) }
        var collected = members.map { Collected(tables: $0.tree.tables.map { _ in [] }) }
        var (populations, record, rows) = ([Population?](), RunRecord(), 0)
        func draw(_ range: Range<Int>) throws -> [[Int32]] {
            try given.map { given in given.map { Array($0[range]) } } ?? sampler.draw(range)
        }
        func take(_ drawn: [[Int32]], _ run: PlanRun) throws {
            for (member, measured) in try run.replicates(drawn).enumerated() {
                try members[member].check(measured.replicates)
                collected[member].add(measured, keeping: most[member])
                if asked.keepsDraws { collected[member].add(drawn, prepared.tables[member]) }
            }
        }
        func figures(_ member: Int) throws -> FigureMaker {
            guard let replicates = collected[member].replicates else { throw ExperimentError.samples(asked.samples) }
            return FigureMaker(
                experiment: members[member], replicates: replicates, population: populations[member],
                probabilities: enumeration?.probabilities)
        }
        /// The replicates that the goal for the width of an interval still wants.
        func missing() throws -> Range<Int>? {
            guard let goal = asked.width, given == nil else { return nil }
            let figures = try figures(0)
            guard let more = try figures.replicatesMissing(for: goal) else { return nil }
            var wanted = asked
            wanted.samples = figures.replicates.count + more
            try members[0].checkOutputs(wanted)
            return figures.replicates.count..<wanted.samples
        }

        var next: Range<Int>? = 0..<options.samples
        while let range = next {
            // Where every row is computed, one computed dataset axis serves all further draws.
            let drawn = isExact ? nil : try draw(range)
            if !isExact && range.lowerBound > 0 {
                var more = options
                more.samples = range.count
                prepared = try PreparedRun(self, more, on: [prepared.engine], isExact: false)
            }
            let done = try prepared.run(drawing: drawn ?? [], replicates: range.count, progress: progress) { run in
                populations = try run.populations()
                rows = run.rows.representatives.count
                repeat {
                    guard let range = next else { break }
                    let round = asked.round(of: prepared.plan.tables.count)
                    for start in stride(from: range.lowerBound, to: range.upperBound, by: round) {
                        let part = start..<min(range.upperBound, start + round)
                        let own = part.lowerBound - range.lowerBound..<part.upperBound - range.lowerBound
                        try take(try drawn.map { $0.map { Array($0[own]) } } ?? draw(part), run)
                    }
                    next = try missing()
                } while isExact
            }
            if record.chunks.isEmpty { record = done }
        }
        return Measurements(
            prepared: prepared, figures: try members.indices.map(figures), outputs: collected.map(\.outputs),
            tables: collected.map(\.tables), rewrites: rewrites, rows: rows, record: record)
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
