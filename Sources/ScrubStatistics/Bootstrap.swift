/// The bootstrap of functions of the means of columns: standard errors, and intervals by the bias-corrected and
/// accelerated percentiles (BCa) of B. Efron, "Better bootstrap confidence intervals", Journal of the American
/// Statistical Association 82:171, 1987; <https://doi.org/10.1080/01621459.1987.10478410>.
///
/// Blocks of replicates are resampled with replacement, whole rows of columns at a time, so that what is paired stays
/// paired. Which blocks a resample has is drawn by a fixed key of the counter-based generator: the same columns give the
/// same interval on any machine.
///
/// With θ the estimate, θ* the resampled ones and d = mean of θ₍ᵢ₎ - θ₍ᵢ₎ over the estimates without block i:
/// z₀ = Φ⁻¹(share of θ* below θ, ties by half), a = Σ d³ / (6 (Σ d²)^1.5), and the end to the quantile z is the
/// Φ(z₀ + (z₀ + z) / (1 - a (z₀ + z))) quantile of θ*. For z, not ±1.96 but ±sqrt(m / (m - 1)) t, with Student's 0.975
/// quantile t of m - 1 degrees of freedom and m blocks, which makes small samples cover what they say: T. C. Hesterberg,
/// "What teachers should know about the bootstrap", The American Statistician 69:371, 2015, section 5.2;
/// <https://doi.org/10.1080/00031305.2015.1089789>.
public struct Bootstrap: Sendable {
    public let sums: BlockSums
    public let resamples: Int
    /// The means of the columns over all replicates: [column].
    let means: [Double]
    /// In order [resample, column].
    private let resampled: [Double]

    /// The share of resamples on which a function may have no value.
    static let undefinedShare = 0.05

    /// Draws the resamples: O(resamples × blocks × columns).
    ///
    /// - Parameters:
    ///   - sums: Of the columns.
    ///   - resamples: How many; 4,000 leave 100 beyond either end of a 95% interval.
    public init(_ sums: BlockSums, resamples: Int = 4000) {
        self.sums = sums
        self.resamples = max(1, resamples)
        let (width, blocks) = (sums.width, sums.blocks)
        var totals = [Double](repeating: 0, count: width)
        for i in sums.sums.indices { totals[i % width] += sums.sums[i] }
        means = totals.map { $0 / Double(sums.count) }
        resampled = blocks < 2 ? [] : Resamples.of(blocks, resamples: self.resamples).means(sums)
    }

    /// The bootstrap of columns that are there as a whole.
    ///
    /// - Parameters:
    ///   - columns: As many values in each, one a replicate.
    ///   - resamples: How many.
    /// - Throws: `StatisticsError.lengths`.
    public init(_ columns: [[Float]], resamples: Int = 4000) throws(StatisticsError) {
        self.init(try BlockSums(columns), resamples: resamples)
    }

    /// The estimate of a smooth function of the columns' means: its value at them, the standard error by the jackknife
    /// over blocks (B. Efron, C. Stein, "The jackknife estimate of variance", Annals of Statistics 9:586, 1981;
    /// <https://doi.org/10.1214/aos/1176345462>), the BCa interval.
    ///
    /// - Where all resamples agree, to 12 digits, the interval is the point.
    /// - One replicate has an infinite standard error, and the whole line for its interval.
    /// - Where the estimate lies outside the resampled ones, and where Efron's formula has its pole, there is no BCa
    ///   interval; it is the normal one, and `method` says so.
    ///
    /// - Parameter function: Of the means, [column]; nil or a number that is not finite where it has no value. Resamples
    ///   and blocks left out at which it has none are left out.
    /// - Returns: Nil where there are no replicates, or the function has no value at the means or on more than 5% of
    ///   the resamples or of the means without a block.
    public func estimate(of function: ([Double]) -> Double?) -> Estimate? {
        guard sums.count > 0, let value = function(means), value.isFinite else { return nil }
        let blocks = sums.blocks
        guard blocks > 1 else { return Estimate(mean: value, standardError: .infinity) }
        let found = (0..<resamples).compactMap { resample in
            function(Array(resampled[resample * sums.width..<(resample + 1) * sums.width])).flatMap {
                $0.isFinite ? $0 : nil
            }
        }
        let without = (0..<blocks).compactMap { block in
            function(meansWithout(block)).flatMap { $0.isFinite ? $0 : nil }
        }
        let least = 1 - Self.undefinedShare
        guard Double(found.count) >= least * Double(resamples), Double(without.count) >= least * Double(blocks) else {
            return nil
        }
        let jackknife = Jackknife(without)
        let distribution = Resampled(found.sorted(), value: value)
        if distribution.isPoint {
            return Estimate(
                mean: value, standardError: 0, interval: [value, value], method: .bca,
                isTrusted: sums.count >= Trust.leastReplicates)
        }
        let error = jackknife.standardError
        let isTrusted = sums.count >= Trust.leastReplicates && jackknife.participation >= Trust.leastParticipation
        guard let interval = distribution.interval(acceleration: jackknife.acceleration, blocks: blocks) else {
            var normal = Estimate(mean: value, standardError: error)
            normal.normalInterval = normal.interval
            normal.isTrusted = isTrusted
            return normal
        }
        return Estimate(mean: value, standardError: error, interval: interval, method: .bca, isTrusted: isTrusted)
    }

    /// The means of the columns over all replicates but a block's: [column].
    private func meansWithout(_ block: Int) -> [Double] {
        let rest = Double(sums.count - sums.replicates(block))
        return means.indices.map {
            (means[$0] * Double(sums.count) - sums.sums[block * sums.width + $0]) / rest
        }
    }
}
