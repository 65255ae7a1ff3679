internal import ScrubData
public import ScrubStatistics

/// How far one hypothesis lies from another on the same model and data, replicate by replicate: both on the same
/// reference datum, and claims that they share on the same draws.
public struct PairedDifference: Codable, Hashable, Sendable {
    /// By metric.
    public struct Figure: Codable, Hashable, Sendable {
        public var metric: String
        /// The scrubbed mean less that of the other hypothesis.
        public var scrubbed: Estimate
        /// The share recovered less that of the other; nil where there is nothing to recover.
        public var recovered: Estimate?
    }

    /// The other hypothesis.
    public var hypothesis: String
    public var figures: [Figure]

    /// - Returns: nil where the two share no reference data, or no behaviour of one model, so that there are no pairs.
    /// - Throws: `StatisticsError` where a value is not finite.
    public init?(of run: Run, from other: Run) throws {
        let exact = run.report.isExact
        // As many as both have: draws do not depend on how many there are.
        let count = min(run.replicates.count, other.replicates.count)
        guard exact == other.report.isExact, run.dataset.hasRows(of: other.dataset),
            exact || run.replicates.reference.prefix(count) == other.replicates.reference.prefix(count)
        else { return nil }
        hypothesis = other.report.hypothesis
        figures = []
        for (number, figure) in run.report.figures.enumerated() {
            guard let place = other.report.figures.firstIndex(where: { $0.metric == figure.metric }),
                run.replicates.measured[number].column == nil
            else { continue }
            guard Self.isSame(run, number, other, place, count) else { continue }
            let theirs = other.report.figures[place]
            let pairs =
                exact ? nil : try Self.pairs((run.replicates, number), (other.replicates, place), count)
            figures += Figure(figure.metric, figure.estimates, less: theirs.estimates, pairs).map { [$0] } ?? []
        }
        if figures.isEmpty { return nil }
    }

    /// One behaviour of each, scrubbed, over the replicates that both have.
    private static func pairs(
        _ mine: (replicates: Replicates, behaviour: Int), _ other: (replicates: Replicates, behaviour: Int),
        _ count: Int
    ) throws(StatisticsError) -> BlockSums {
        if mine.replicates.count == other.replicates.count {
            return try mine.replicates.sums.column(.scrubbed, of: mine.behaviour)
                .joined(with: other.replicates.sums.column(.scrubbed, of: other.behaviour))
        }
        let values = [mine, other].map { $0.replicates.measured[$0.behaviour].scrubbed }
        let kept = values.reduce(count) { min($0, $1.count) }
        return try BlockSums(values.map { Array($0.prefix(kept)) })
    }

    /// Whether two behaviours are one on one model: the plain models agree on every reference datum, but for what a
    /// rewrite may round.
    private static func isSame(_ run: Run, _ number: Int, _ other: Run, _ place: Int, _ count: Int) -> Bool {
        let (mine, theirs) =
            if let known = run.population, let others = other.population {
                (known.measured[number].model[...], others.measured[place].model[...])
            } else {
                (
                    run.replicates.measured[number].model.prefix(count),
                    other.replicates.measured[place].model.prefix(count)
                )
            }
        return mine.count == theirs.count && zip(mine, theirs).allSatisfy { abs($0 - $1) <= 1e-4 * (1 + abs($0)) }
    }
}

extension PairedDifference.Figure {
    /// - Parameters:
    ///   - metric: of both.
    ///   - estimates: of the one.
    ///   - other: of the other, whose gap between baseline and model is the same.
    ///   - pairs: the behaviour scrubbed, of the one and of the other, over the same replicates; nil where the means are
    ///     exact.
    /// - Returns: nil where there are no pairs.
    init?(
        _ metric: String, _ estimates: Report.Estimates, less other: Report.Estimates, _ pairs: BlockSums?
    ) {
        var difference = Estimate.exact(estimates.scrubbed.mean - other.scrubbed.mean)
        if let pairs {
            guard let paired = Bootstrap(pairs).difference(0, 1) else { return nil }
            difference = paired
        }
        let gap = estimates.baseline.mean - estimates.model.mean
        self.init(
            metric: metric, scrubbed: difference,
            recovered: gap == 0 || estimates.recovered == nil ? nil : difference.affine(0, -1 / gap))
    }
}
