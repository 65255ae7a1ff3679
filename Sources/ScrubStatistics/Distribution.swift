/// A finite weighted distribution of numbers: replicates, each with the same weight, or all rows of D with theirs.
public struct Distribution: Hashable, Sendable {
    /// Ascending, those of weight 0 left out.
    public let values: [Float]
    /// The share of the values up to each, itself included; nil where all weights are equal: (i + 1) / n then.
    private let cumulative: [Double]?

    /// Sorts the values: O(n log n).
    ///
    /// - Parameters:
    ///   - values: Finite, in any order.
    ///   - weights: Finite and at least 0, one a value; nil for equal ones.
    /// - Throws: `StatisticsError.value`, `.weights`, `.weight`, and `.empty` where no value has a weight above 0.
    public init(_ values: [Float], weights: [Double]? = nil) throws(StatisticsError) {
        if let index = values.firstIndex(where: { !$0.isFinite }) { throw .value(values[index], index: index) }
        guard let weights else {
            guard !values.isEmpty else { throw .empty }
            self.values = values.radixSorted()
            cumulative = nil
            return
        }
        guard weights.count == values.count else { throw .weights(found: weights.count, expected: values.count) }
        if let index = weights.firstIndex(where: { !$0.isFinite || $0 < 0 }) {
            throw .weight(weights[index], index: index)
        }
        // By place among equals, so that sums have one order.
        let order = weights.indices.filter { weights[$0] > 0 }.sorted { (values[$0], $0) < (values[$1], $1) }
        guard !order.isEmpty else { throw .empty }
        self.values = order.map { values[$0] }
        var sum = 0.0
        let sums = order.map { index in
            sum += weights[index]
            return sum
        }
        guard sum.isFinite else { throw .weight(sum, index: weights.count - 1) }
        cumulative = sums.map { $0 / sum }
    }

    /// The share of the values up to the index, itself included.
    func share(_ index: Int) -> Double { cumulative?[index] ?? Double(index + 1) / Double(values.count) }

    /// The inverse of the distribution function: the smallest value whose cumulative share reaches `p`, to within 1e-12
    /// for what rounding takes off sums of weights. Definition 1 of R. J. Hyndman, Y. Fan, "Sample quantiles in
    /// statistical packages", The American Statistician 50:361, 1996; <https://doi.org/10.1080/00031305.1996.10473566>.
    ///
    /// - Parameter p: From 0, the smallest value, to 1, the greatest.
    /// - Returns: A value of the distribution; nil where `p` is not from 0 to 1.
    public func quantile(_ p: Double) -> Float? {
        guard p >= 0, p <= 1 else { return nil }
        var (low, high) = (0, values.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if share(middle) >= p - 1e-12 { high = middle } else { low = middle + 1 }
        }
        return values[low]
    }
}
