/// What one figure is over seeds: the mean of its means, the least and the greatest of them. It is no interval: seeds are
/// few, and how far they lie apart is itself a matter of chance.
public struct Spread: Hashable, Sendable {
    public let mean: Double
    public let least: Double
    public let greatest: Double
    /// How many seeds there are.
    public let count: Int

    /// - Parameter values: the figure's mean for each seed.
    /// - Returns: nil for none.
    public init?(_ values: [Double]) {
        guard let least = values.min(), let greatest = values.max() else { return nil }
        self.least = least
        self.greatest = greatest
        count = values.count
        mean = min(greatest, max(least, values.reduce(0) { $0 + $1 / Double(values.count) }))
    }
}
