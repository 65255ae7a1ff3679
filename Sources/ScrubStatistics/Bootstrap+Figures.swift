/// A term of a share recovered.
public enum LossTerm: Hashable, Sendable {
    /// The mean of a column, sampled.
    case column(Int)
    /// Known exactly.
    case exact(Double)
}

extension Bootstrap {
    /// The mean of a column. Its standard error is s / √n with s from `Moments`, over replicates, not blocks.
    ///
    /// Where the column holds just two values, the interval is `Estimate.proportion`'s, scaled: the resamples of a few
    /// successes are too coarse to cut an interval from. Where they are 0 and 1 it is trusted however few they are.
    ///
    /// - Parameters:
    ///   - column: Its index.
    ///   - isIndicator: Whether the values can be 0 and 1 alone, as those of an accuracy at one position: then the
    ///     interval is no point where just one of them was met.
    /// - Returns: Nil where there is no such column or no replicate, or the mean is not finite.
    public func mean(of column: Int = 0, isIndicator: Bool = false) -> Estimate? {
        guard has(column), let plain = sums.columns[column].moments.estimate, plain.mean.isFinite else { return nil }
        guard sums.count > 1 else { return plain }
        let values = sums.columns[column].values
        if !values.isMore { return twoValued(plain, values, isIndicator) }
        guard var found = estimate(of: { $0[column] }) else { return nil }
        (found.mean, found.standardError, found.normalInterval) = (plain.mean, plain.standardError, plain.interval)
        if found.method == .normal { found.interval = plain.interval }
        return found
    }

    /// The mean of a column of two values, or of one.
    private func twoValued(_ plain: Estimate, _ values: TwoValues, _ isIndicator: Bool) -> Estimate? {
        let isLong = sums.count >= Trust.leastReplicates
        if values.least == values.greatest {
            if isIndicator, [0, 1].contains(values.least) {
                return Estimate.proportion(values.least == 1 ? sums.count : 0, of: sums.count)
            }
            let mean = values.least
            return Estimate(mean: mean, standardError: 0, interval: [mean, mean], method: .bca, isTrusted: isLong)
        }
        guard let share = Estimate.proportion(values.greater, of: sums.count) else { return nil }
        let scale = values.greatest - values.least
        // The deviations of a share p, (1 - p)² and p² of them, in `participation`.
        let variance = share.mean * (1 - share.mean)
        let participation = Double(sums.count) * variance / (1 - 3 * variance)
        let isIndicator = values.least == 0 && values.greatest == 1
        return Estimate(
            mean: plain.mean, standardError: plain.standardError,
            interval: share.interval.map { values.least + scale * $0 }, method: .wilson,
            isTrusted: isLong && (isIndicator || participation >= Trust.leastParticipation))
    }

    /// The mean of one column less that of another, paired: on the same replicates.
    ///
    /// - Parameters:
    ///   - column: The index of the one.
    ///   - other: The index of the other.
    /// - Returns: Nil where there is no such column, or no replicate.
    public func difference(_ column: Int, _ other: Int) -> Estimate? {
        guard has(column), has(other) else { return nil }
        return estimate { $0[column] - $0[other] }
    }

    /// The share recovered, (baseline - scrubbed) / (baseline - model), paired: L. Chan et al., "Causal Scrubbing: a
    /// method for rigorously testing interpretability hypotheses", 2022, section "Recovered loss".
    ///
    /// - Parameters:
    ///   - model: The model's loss.
    ///   - scrubbed: The index of the scrubbed model's loss.
    ///   - baseline: The loss on labels of other data.
    /// - Returns: Nil where there is no such column or no replicate, where model and baseline are equal, and where they
    ///   are so on more than 5% of the resamples.
    public func recovered(model: LossTerm, scrubbed: Int, baseline: LossTerm) -> Estimate? {
        func value(_ term: LossTerm, _ means: [Double]) -> Double? {
            switch term {
            case .column(let column): has(column) ? means[column] : nil
            case .exact(let value): value
            }
        }
        guard has(scrubbed) else { return nil }
        return estimate { means in
            guard let m = value(model, means), let b = value(baseline, means), b != m else { return nil }
            return (b - means[scrubbed]) / (b - m)
        }
    }

    private func has(_ column: Int) -> Bool { means.indices.contains(column) }

    /// Pearson's correlation of two columns over the replicates, from -1 to 1, as a function of the means of x, y, x²,
    /// y² and xy. Both are shifted by their means and scaled by their largest deviation first, which changes nothing
    /// but what cancels.
    ///
    /// - Parameters:
    ///   - x: One value a replicate.
    ///   - y: As many.
    ///   - resamples: How many.
    /// - Returns: Nil where there are fewer than two replicates, one of the two is constant, or a value is not finite.
    /// - Throws: `StatisticsError.lengths`.
    public static func correlation(
        _ x: [Float], _ y: [Float], resamples: Int = 4000
    ) throws(StatisticsError) -> Estimate? {
        guard x.count == y.count else { throw .lengths([x.count, y.count]) }
        guard let x = standardised(x), let y = standardised(y) else { return nil }
        var sums = BlockSums(columns: 5)
        sums.append(count: x.count) { column, i in
            switch column {
            case 0: x[i]
            case 1: y[i]
            case 2: x[i] * x[i]
            case 3: y[i] * y[i]
            default: x[i] * y[i]
            }
        }
        return Bootstrap(sums, resamples: resamples).estimate { means in
            let (xx, yy) = (means[2] - means[0] * means[0], means[3] - means[1] * means[1])
            // What rounding leaves of a constant.
            guard xx > 1e-14 * means[2], yy > 1e-14 * means[3] else { return nil }
            return min(1, max(-1, (means[4] - means[0] * means[1]) / (xx * yy).squareRoot()))
        }
    }

    /// Less the mean, over the largest deviation; nil for fewer than two values, a constant, or one not finite.
    private static func standardised(_ values: [Float]) -> [Double]? {
        guard values.count > 1, let mean = Moments(values).estimate?.mean, mean.isFinite else { return nil }
        let shifted = values.map { Double($0) - mean }
        let largest = shifted.reduce(0) { max($0, abs($1)) }
        guard values.contains(where: { $0 != values[0] }), largest > 0, largest.isFinite else { return nil }
        return shifted.map { $0 / largest }
    }

    /// How much of the changes cancels in their mean: 1 - |mean d| / mean |d|, 0 where all have one sign, 1 where they
    /// cancel altogether.
    ///
    /// - Parameters:
    ///   - changes: The index of the column d: the scrubbed model's loss less the model's.
    ///   - sizes: The index of |d|.
    /// - Returns: Nil where there is no such column, there are no replicates, or all changes are 0.
    public func cancellation(of changes: Int, sizes: Int) -> Estimate? {
        guard has(changes), has(sizes) else { return nil }
        return estimate { $0[sizes] > 0 ? 1 - abs($0[changes]) / $0[sizes] : nil }
    }
}
