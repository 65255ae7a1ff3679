/// The fewest values that carry a share of the sum of |v| under the weights: how much a mean hangs on a few.
public struct Carriers: Hashable, Sendable, Codable {
    /// How many carry it.
    public let count: Int
    /// What they carry of the sum, exactly: at least the share that was asked for.
    public let share: Double
    /// Their weight, as a share of all: the probability that a draw is one of them.
    public let probability: Double
    /// How many values there are.
    public let total: Int

    private enum CodingKeys: String, CodingKey {
        case count, share, probability, total
    }

    /// Takes values by their weighted size, the largest first, until the share is reached.
    ///
    /// - Parameters:
    ///   - values: One a replicate, or one a row of D.
    ///   - weights: Finite and at least 0, one a value; nil for equal ones.
    ///   - share: What is to be carried, from 0 to 1.
    /// - Returns: Nil where all values are 0.
    /// - Throws: `StatisticsError.value`, `.weights`, `.weight`, and `.empty` where no value has a weight above 0.
    public init?(_ values: [Float], weights: [Double]? = nil, share: Double = 0.9) throws(StatisticsError) {
        if let index = values.firstIndex(where: { !$0.isFinite }) { throw .value(values[index], index: index) }
        if let weights {
            guard weights.count == values.count else { throw .weights(found: weights.count, expected: values.count) }
            if let index = weights.firstIndex(where: { !$0.isFinite || $0 < 0 }) {
                throw .weight(weights[index], index: index)
            }
        }
        if weights == nil {
            guard !values.isEmpty else { throw .empty }
            guard let (count, carried) = Self.equal(values, share: share) else { return nil }
            (self.count, self.share, total) = (count, carried, values.count)
            probability = Double(count) / Double(values.count)
            return
        }
        func weight(_ index: Int) -> Double { weights?[index] ?? 1 }
        func size(_ index: Int) -> Double { abs(Double(values[index])) * weight(index) }
        let present = values.indices.filter { weight($0) > 0 }
        guard !present.isEmpty else { throw .empty }
        let order = present.map { (size($0), $0) }.sorted { ($1.0, $0.1) < ($0.0, $1.1) }
        let (sum, mass) = (order.reduce(0) { $0 + $1.0 }, present.reduce(0) { $0 + weight($1) })
        guard sum > 0 else { return nil }
        var (carried, met, taken) = (0.0, 0.0, 0)
        for (size, index) in order {
            if taken > 0 && carried >= share * sum { break }
            carried += size
            met += weight(index)
            taken += 1
        }
        (count, self.share, probability, total) = (taken, carried / sum, met / mass, present.count)
    }

    /// How many of equal weights, and what they carry: 4 bytes a value.
    private static func equal(_ values: [Float], share: Double) -> (count: Int, share: Double)? {
        let sizes = Array(values.map { abs($0) }.radixSorted().reversed())
        let sum = sizes.reduce(0.0) { $0 + Double($1) }
        guard sum > 0 else { return nil }
        var (carried, taken) = (0.0, 0)
        while taken < sizes.count, taken == 0 || carried < share * sum {
            carried += Double(sizes[taken])
            taken += 1
        }
        return (taken, carried / sum)
    }

    /// Whether a sample may miss them, and its interval with them: fewer than `Trust.leastMeetings` are expected in it.
    ///
    /// - Parameter replicates: Independent draws under the weights.
    public func areMissed(by replicates: Int) -> Bool { Double(replicates) * probability < Trust.leastMeetings }
}
