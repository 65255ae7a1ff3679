internal import ScrubCore
internal import ScrubHypothesis
internal import ScrubPlan
internal import ScrubPlanner

/// The replicates of a joint run: under each seed in rounds, collected by hypothesis in the order of the replicates.
final class Course {
    private let joint: Joint
    private let options: RunOptions
    private let source: DrawSource
    private let isExact: Bool
    private let journal: RunJournal?
    private let finished: (Int, SeedMeasurements) throws -> Void

    /// By seed.
    private var collected: [[Collected]]
    /// By seed, replicates so far, those asked for so far, and whether its figures were handed on.
    private var (counts, ends, isDone): ([Int], [Int], [Bool])
    private var populations: [Population?]?
    /// What the engine did so far.
    private var record = RunRecord()

    /// Replicates of one seed that are run at a time.
    private struct Round {
        let seed: Int
        let replicates: Range<Int>
    }

    /// - Parameters:
    ///   - joint: what is run.
    ///   - options: with the number of samples that there are.
    ///   - source: of rows, for every seed.
    ///   - isExact: whether the plain model is computed on all of D.
    ///   - journal: where rounds are kept.
    ///   - finished: is given each seed's place with what was measured, as soon as that is whole.
    /// - Throws: `JournalError`, and what the journal throws.
    init(
        _ joint: Joint, _ options: RunOptions, _ source: DrawSource, isExact: Bool, _ journal: RunJournal?,
        finished: @escaping (Int, SeedMeasurements) throws -> Void
    ) throws {
        self.joint = joint
        self.options = options
        self.source = source
        self.isExact = isExact
        self.journal = journal
        self.finished = finished
        let seeds = source.seeds
        collected = seeds.map { _ in joint.members.map { Collected(tables: $0.tree.tables.count) } }
        counts = seeds.map { _ in 0 }
        ends = seeds.map { _ in options.samples }
        isDone = seeds.map { _ in false }
        for seed in seeds.indices { try restore(seed) }
    }

    /// Replicates that are wanting of what was asked for, over all seeds.
    var wanted: Int { zip(counts, ends).reduce(0) { $0 + max(0, $1.1 - $1.0) } }

    /// What is wanting of a seed: replicates not yet run, then those that the width of an interval wants. Nil where the
    /// seed is done, and handed on with that.
    func missing(_ seed: Int) throws -> Range<Int>? {
        let count = counts[seed]
        if isDone[seed] { return nil }
        if count < ends[seed] { return count..<ends[seed] }
        if let goal = options.width, source.isDrawn, case .success(let figures) = figures(0, seed),
            let more = try figures.replicatesMissing(for: goal)
        {
            var wanted = options
            wanted.samples = count + more
            try joint.members[0].checkOutputs(wanted)
            ends[seed] = wanted.samples
            return count..<wanted.samples
        }
        try finish(seed)
        return nil
    }

    /// Runs what is wanting of some seeds, round after round.
    func follow(_ run: PlanRun, seeds: some Sequence<Int>) throws {
        if populations == nil { populations = try run.populations() }
        var waiting: [Round] = []
        for seed in seeds {
            if let range = try missing(seed) { waiting += rounds(range, seed, run.prepared) }
        }
        while !waiting.isEmpty {
            let round = waiting.removeFirst()
            let (drawn, measured) = try measure(round, run)
            record = run.run.record
            // What a result asks for besides is run next, so that few seeds are under way at a time.
            waiting.insert(contentsOf: try take(round, drawn, measured, run.prepared), at: 0)
        }
    }

    /// - Returns: the rows drawn, where the engine did not draw them; what was measured, by member.
    private func measure(_ round: Round, _ run: PlanRun) throws -> ([[Int32]], [PlanRun.Measured]) {
        let replicates = round.replicates
        guard run.prepared.draws != nil else {
            let drawn = try source.draw(replicates, seed: round.seed)
            return (drawn, try run.replicates(drawn))
        }
        let reference = try source.reference(replicates, seed: round.seed)
        do {
            return ([], try run.replicates(drawing: replicates, seed: source.seeds[round.seed], reference: reference))
        } catch let error as BindingError {
            // Drawn here, it is said which row had nothing like it.
            if case .nothingDrawn = error { _ = try source.draw(replicates, seed: round.seed) }
            throw error
        }
    }

    private func rounds(_ range: Range<Int>, _ seed: Int, _ prepared: PreparedRun) -> [Round] {
        stride(from: range.lowerBound, to: range.upperBound, by: prepared.round).map { start in
            Round(seed: seed, replicates: start..<min(range.upperBound, start + prepared.round))
        }
    }

    /// - Returns: what is to be run besides.
    private func take(
        _ round: Round, _ drawn: [[Int32]], _ measured: [PlanRun.Measured], _ prepared: PreparedRun
    ) throws -> [Round] {
        let seed = round.seed
        for (member, measured) in measured.enumerated() {
            add(measured, member, seed)
            if options.keepsDraws { collected[seed][member].add(drawn, prepared.tables[member]) }
        }
        counts[seed] = round.replicates.upperBound
        // What has no journal goes by its first failure.
        if journal == nil, let failure = collected[seed].compactMap(\.failure).first { throw failure }
        let more = counts[seed] < ends[seed] ? nil : try missing(seed)
        if isDone[seed] { return [] }
        if let journal {
            // How many are asked for so far, which the width of an interval decided.
            var bytes = Swift.withUnsafeBytes(of: UInt64(ends[seed]).littleEndian) { [UInt8]($0) }
            for measured in measured { measured.replicates.write(to: &bytes) }
            try journal.keep(KeptRound(seed: seed, replicates: round.replicates, bytes: bytes))
            if journal.isStopped() { throw RunStopped() }
        }
        // Other rows need another dataset axis where not all are computed.
        return isExact ? more.map { rounds($0, seed, prepared) } ?? [] : []
    }

    private func add(_ measured: PlanRun.Measured, _ member: Int, _ seed: Int) {
        let experiment = joint.members[member]
        collected[seed][member].add(
            measured, of: experiment, keeping: FigureMaker.mostKept(experiment, options), rounding: options.rounding)
    }

    private func restore(_ seed: Int) throws {
        try journal?.kept(seed) { round in
            var bytes = round.bytes[...]
            guard round.replicates.lowerBound == counts[seed] else { throw JournalError.order(round.replicates) }
            let end = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            bytes = bytes.dropFirst(8)
            for (member, experiment) in joint.members.enumerated() {
                guard let replicates = Replicates(reading: &bytes, behaviours: experiment.behaviours.count),
                    replicates.count == round.replicates.count
                else { throw JournalError.unreadable(round.replicates) }
                add(PlanRun.Measured(replicates: replicates, outputs: []), member, seed)
            }
            counts[seed] = round.replicates.upperBound
            guard bytes.isEmpty, (counts[seed]...ExperimentError.mostSamples).contains(Int(clamping: end)) else {
                throw JournalError.unreadable(round.replicates)
            }
            ends[seed] = Int(clamping: end)
        }
    }

    private func finish(_ seed: Int) throws {
        let measured = SeedMeasurements(
            figures: joint.members.indices.map { figures($0, seed) }, outputs: collected[seed].map(\.outputs),
            tables: collected[seed].map(\.tables), record: record)
        isDone[seed] = true
        collected[seed] = []
        try finished(seed, measured)
        // What is done is safe, so that this is a place to stop.
        if isDone.contains(false), journal?.isStopped() ?? false { throw RunStopped() }
    }

    private func figures(_ member: Int, _ seed: Int) -> Result<FigureMaker, any Error> {
        Result {
            let of = collected[seed][member]
            if let failure = of.failure { throw failure }
            guard let replicates = of.replicates else { throw ExperimentError.samples(options.samples) }
            return FigureMaker(
                experiment: joint.members[member], replicates: replicates, population: populations?[member],
                probabilities: source.probabilities)
        }
    }
}

/// What was measured under one seed, before any figure is made of it.
struct SeedMeasurements {
    /// By member.
    let figures: [Result<FigureMaker, any Error>]
    let outputs: [[Float]]
    /// By member and table of the member; empty where draws are not kept.
    let tables: [[[Int32]]]
    /// What the engines did so far, under whichever seed.
    let record: RunRecord
}
