internal import Glibc

/// The entropy in bits of the distribution on as many outcomes, `-Σ p log₂ p` with `p` the weights over their sum. C. E.
/// Shannon, "A mathematical theory of communication", 1948, section 6;
/// <https://doi.org/10.1002/j.1538-7305.1948.tb01338.x>.
///
/// - Parameter weights: Finite and at least 0, one an outcome; those of 0 add nothing.
/// - Returns: From 0 to log₂ of the number of outcomes.
/// - Throws: `StatisticsError.weight`, and `.empty` where none is above 0.
public func entropyBits(_ weights: [Double]) throws(StatisticsError) -> Double {
    if let index = weights.firstIndex(where: { !$0.isFinite || $0 < 0 }) { throw .weight(weights[index], index: index) }
    // Over the largest, so that no sum overflows.
    let largest = weights.max() ?? 0
    guard largest > 0 else { throw .empty }
    let total = weights.reduce(0) { $0 + $1 / largest }
    let sum = weights.reduce(0.0) { sum, weight in
        let p = weight / largest / total
        return p > 0 ? sum - p * log2(p) : sum
    }
    return max(0, sum)
}
