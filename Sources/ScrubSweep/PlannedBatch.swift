internal import ScrubCore
internal import ScrubExperiment
internal import ScrubPlan
internal import ScrubStore

/// Runs that one plan makes: hypotheses, each under every seed.
struct PlannedBatch {
    var shared: SharedRun
    var experiments: [Experiment]
    var options: RunOptions
    var seeds: [UInt64]
    /// By seed, its place among those of the batch as the store has it.
    var places: [Int]
    /// By seed and member.
    var runs: [[AskedRun]]
    /// Where the store has it; nil before it began.
    var number: Int64?
    /// Replicates to a round, where the store has it.
    var round: Int?

    /// Batches of runs that can be read, each as large as it can be.
    ///
    /// Runs share a plan that are asked alike but for hypothesis and seed; hypotheses whose seeds are not the same, because
    /// some are done, are apart. So is each run whose claims are attributed: that takes many runs more, by plans of their own,
    /// between which memory must be free and what was measured safe.
    ///
    /// - Parameters:
    ///   - runs: in the order in which they are asked.
    ///   - options: of runs that are asked so.
    ///   - engines: best first.
    static func batches(
        of runs: [ReadRun], _ options: (RunStatement) throws -> RunOptions, on engines: [Engine]
    ) throws -> [PlannedBatch] {
        var batches: [PlannedBatch] = []
        let sets = runs.grouped(by: \.manner).flatMap { alike in
            alike[0].manner.attribution ? alike.map { [$0] } : [alike]
        }
        for alike in sets {
            // By hypothesis, its runs in order of seed.
            let hypotheses = alike.grouped(by: \.number)
            for same in hypotheses.grouped(by: { $0.map(\.asked.statement.seed) }) {
                let options = try options(alike[0].asked.statement)
                let experiments = same.map { $0[0].experiment }
                for shared in try SharedRun.groups(of: experiments, options, on: engines) {
                    let members = shared.members.map { same[$0] }
                    let seeds = members[0].map(\.asked.statement.seed)
                    batches.append(
                        PlannedBatch(
                            shared: shared, experiments: members.map { $0[0].experiment }, options: options,
                            seeds: seeds,
                            places: Array(seeds.indices),
                            runs: seeds.indices.map { seed in members.map { $0[seed].asked } }))
                }
            }
        }
        return batches
    }

    /// Each member by itself, with the seeds that are not ended.
    func apart(_ ended: Set<String>) throws -> [PlannedBatch] {
        try experiments.indices.compactMap { member in
            let left = seeds.indices.filter { !ended.contains(runs[$0][member].key) }
            guard !left.isEmpty, let shared = try SharedRun([experiments[member]], options) else { return nil }
            return PlannedBatch(
                shared: shared, experiments: [experiments[member]], options: options, seeds: left.map { seeds[$0] },
                places: Array(left.indices), runs: left.map { [runs[$0][member]] })
        }
    }
}

extension PlannedBatch {
    /// One that a store has, to go on with; nil where it is not of runs that are asked for now.
    ///
    /// - Parameters:
    ///   - number: in the store.
    ///   - batch: as the store has it.
    ///   - asked: now.
    ///   - done: keys of runs that are done.
    ///   - options: of its runs.
    init?(
        _ number: Int64, _ batch: Batch, _ asked: AskedRuns, _ done: Set<String>, _ options: RunOptions
    ) throws {
        let left = batch.runs.indices.filter { seed in batch.runs[seed].contains { !done.contains($0) } }
        let read = left.map { seed in batch.runs[seed].compactMap { asked.byKey[$0] } }
        guard let first = read.first, read.allSatisfy({ $0.count == batch.runs[0].count }),
            read.allSatisfy({ zip($0, first).allSatisfy { $0.number == $1.number && $0.manner == $1.manner } }),
            !first[0].manner.attribution || first.count == 1 && read.count == 1,
            let shared = try SharedRun(first.map(\.experiment), options)
        else { return nil }
        self.init(
            shared: shared, experiments: first.map(\.experiment), options: options,
            seeds: read.map { $0[0].asked.statement.seed }, places: left, runs: read.map { $0.map(\.asked) },
            number: number, round: batch.replicates)
    }
}

/// A run that was read and can be planned.
struct ReadRun {
    var asked: AskedRun
    var experiment: Experiment
    /// Of the experiment, among all that are asked.
    var number: Int

    /// What runs of one plan have in common.
    struct Manner: Hashable {
        var ablation: String
        var samples: Int
        var isExact: Bool
        var width: Double?
        var groupings: [String]
        var attribution: Bool
        var distance: Bool?
    }

    var manner: Manner {
        let statement = asked.statement
        return Manner(
            ablation: statement.ablation, samples: statement.samples, isExact: statement.isExact,
            width: statement.width,
            groupings: statement.groupings, attribution: statement.attribution, distance: statement.distance)
    }
}

extension Array {
    /// Elements of one key together, in the order in which the first of each comes.
    func grouped<Key: Hashable>(by key: (Element) -> Key) -> [[Element]] {
        var places: [Key: Int] = [:]
        var groups: [[Element]] = []
        for element in self {
            let key = key(element)
            if let place = places[key] {
                groups[place].append(element)
            } else {
                places[key] = groups.count
                groups.append([element])
            }
        }
        return groups
    }
}
