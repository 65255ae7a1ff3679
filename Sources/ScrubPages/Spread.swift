/// What one figure is over seeds: the mean of its means, the least and the greatest of them. It is no interval: seeds are
/// few, and how far they lie apart is itself a matter of chance.
package struct Spread: Hashable, Sendable {
    package let mean: Double
    package let least: Double
    package let greatest: Double
    /// How many seeds there are.
    package let count: Int

    /// - Parameter values: the figure's mean for each seed.
    /// - Returns: nil for none.
    package init?(_ values: [Double]) {
        guard let least = values.min(), let greatest = values.max() else { return nil }
        self.least = least
        self.greatest = greatest
        count = values.count
        mean = min(greatest, max(least, values.reduce(0) { $0 + $1 / Double(values.count) }))
    }
}
