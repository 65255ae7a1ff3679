internal import ScrubCore
internal import ScrubHypothesis
internal import ScrubPlan
internal import ScrubPlanner

/// A joint run that is ready, under whichever seed.
struct MeasuredRun {
    let prepared: PreparedRun
    /// With the samples of a replay or an enumeration.
    let options: RunOptions
    /// By member, what was found of each of its rewrites.
    let rewrites: [[Report.RewriteFigures]]
    /// Rows on the dataset axis.
    let rows: Int
}

extension Joint {
    /// Draws, plans and runs, seed after seed.
    ///
    /// - Parameters:
    ///   - options: of the run; its seed has no part.
    ///   - seeds: in order.
    ///   - engines: best first.
    ///   - journal: where rounds are kept, and what was kept before is found.
    ///   - ready: called with the most bytes that are held at once, before anything is computed.
    ///   - progress: called after each chunk.
    ///   - finished: called with each seed's place and what was measured.
    func measure(
        _ asked: RunOptions, seeds: [UInt64], on engines: [Engine], _ journal: RunJournal?, _ ready: ((Int) -> Void)?,
        _ progress: @Sendable (RunProgress) -> Void,
        finished: (Int, MeasuredRun, SeedMeasurements) throws -> Void
    ) throws {
        var options = asked
        // Only one member enumerates, replays, or draws until a figure is known well enough.
        let enumeration = options.isExact ? try members[0].enumeration(&options) : nil
        let given = try enumeration?.tables ?? members[0].replayedTables(&options)
        let isExact = members[0].isModelExact(options)
        for member in members { try member.checkOutputs(options) }
        // A run that cannot fit says so before anything is drawn.
        var prepared = try PreparedRun(self, options, on: engines, isExact: isExact)
        let first = prepared
        ready?(first.peakBytes)
        let rewrites = try members.map { try RewriteCheck(experiment: $0, engine: first.engine).figures() }
        let source = try DrawSource(seeds: seeds, given: given, probabilities: enumeration?.probabilities) { seed in
            try sampler(first.plan.tables, seed: seed)
        }
        try withoutActuallyEscaping(finished) { finished in
            var rows = first.everyRow?.representatives.count ?? 0
            let course = try Course(self, options, source, isExact: isExact, journal) { [options] seed, measured in
                try finished(
                    seed, MeasuredRun(prepared: first, options: options, rewrites: rewrites, rows: rows), measured)
            }
            if isExact {
                return try first.run(replicates: course.wanted, progress: progress) { run in
                    try course.follow(run, seeds: seeds.indices)
                }
            }
            // Rows that were not computed need another dataset axis.
            for seed in seeds.indices {
                while let range = try course.missing(seed) {
                    if range.lowerBound >= options.samples {
                        var more = options
                        more.samples = range.count
                        prepared = try PreparedRun(self, more, on: [first.engine], isExact: false)
                    }
                    let drawn = try source.draw(range, seed: seed)
                    let distinct = prepared.rows(drawn)
                    rows = distinct.representatives.count
                    try prepared.run(rows: distinct, replicates: range.count, progress: progress) { run in
                        try course.follow(run, seeds: [seed])
                    }
                }
                prepared = first
            }
        }
    }
}
