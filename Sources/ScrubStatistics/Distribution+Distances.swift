/// How far two distributions lie apart, where F and G are their distribution functions.
public struct DistributionDistances: Hashable, Sendable, Codable {
    /// Wasserstein-1, `∫ |F - G| dx`: the mean way that mass must travel, in the unit of the values. L. N. Vaserstein,
    /// 1969; this form for the line, S. S. Vallender, "Calculation of the Wasserstein distance between probability
    /// distributions on the line", 1974, <https://doi.org/10.1137/1118101>.
    public let wasserstein: Double
    /// Kolmogorov-Smirnov, `max |F - G|`, from 0 to 1.
    public let kolmogorov: Double
    /// Energy distance, `sqrt(2 E|X - Y| - E|X - X'| - E|Y - Y'|) = sqrt(2 ∫ (F - G)² dx)`, in the square root of the
    /// unit of the values, as in scipy. G. J. Székely, M. L. Rizzo, "Energy statistics: a class of statistics based on
    /// distances", Journal of Statistical Planning and Inference 143:1249, 2013;
    /// <https://doi.org/10.1016/j.jspi.2013.03.018>.
    public let energy: Double
}

extension Distribution {
    /// All three distances, in one sweep over the sorted values: O(n + m).
    ///
    /// - Parameter other: Of the same unit.
    public func distances(to other: Distribution) -> DistributionDistances {
        var (i, j, f, g) = (0, 0, 0.0, 0.0)
        var (wasserstein, kolmogorov, square) = (0.0, 0.0, 0.0)
        var before: Float?
        while i < values.count || j < other.values.count {
            let next: Float
            if i == values.count {
                next = other.values[j]
            } else if j == other.values.count {
                next = values[i]
            } else {
                next = min(values[i], other.values[j])
            }
            if let before {
                let width = Double(next) - Double(before)
                wasserstein += abs(f - g) * width
                square += (f - g) * (f - g) * width
            }
            while i < values.count, values[i] == next { i += 1 }
            while j < other.values.count, other.values[j] == next { j += 1 }
            f = i == 0 ? 0 : share(i - 1)
            g = j == 0 ? 0 : other.share(j - 1)
            kolmogorov = max(kolmogorov, abs(f - g))
            before = next
        }
        return DistributionDistances(
            wasserstein: wasserstein, kolmogorov: kolmogorov, energy: (2 * square).squareRoot())
    }

    /// Wasserstein-1, in the unit of the values; `DistributionDistances` has the formula.
    public func wasserstein(to other: Distribution) -> Double { distances(to: other).wasserstein }

    /// The Kolmogorov-Smirnov statistic, from 0 to 1.
    public func kolmogorov(to other: Distribution) -> Double { distances(to: other).kolmogorov }

    /// The energy distance, in the square root of the unit of the values.
    public func energy(to other: Distribution) -> Double { distances(to: other).energy }
}
