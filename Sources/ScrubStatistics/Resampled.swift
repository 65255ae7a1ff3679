/// The estimates of the resamples, and where the estimate itself lies among them.
struct Resampled {
    private let sorted: [Double]
    private let value: Double
    /// What rounding may part.
    private let tolerance: Double

    /// - Parameters:
    ///   - sorted: At least one, ascending.
    ///   - value: The estimate.
    init(_ sorted: [Double], value: Double) {
        self.sorted = sorted
        self.value = value
        tolerance = 1e-12 * abs(value)
    }

    /// Whether all agree.
    var isPoint: Bool { sorted[sorted.count - 1] - sorted[0] <= tolerance }

    /// The BCa interval; nil where the correction for bias or the acceleration has none.
    ///
    /// - Parameters:
    ///   - acceleration: By the jackknife.
    ///   - blocks: How many were resampled, at least 2.
    func interval(acceleration: Double, blocks: Int) -> [Double]? {
        let count = Double(sorted.count)
        let below = sorted.reduce(0.0) { $0 + ($1 < value - tolerance ? 1 : $1 <= value + tolerance ? 0.5 : 0) }
        let bias = NormalDistribution.quantile(below / count)
        guard bias.isFinite else { return nil }
        let freedom = blocks - 1
        let reach = (Double(blocks) / Double(freedom)).squareRoot() * StudentDistribution.quantile(freedom: freedom)
        var interval: [Double] = []
        for z in [-reach, reach] {
            let divisor = 1 - acceleration * (bias + z)
            guard divisor > 0 else { return nil }
            interval.append(quantile(NormalDistribution.cumulative(bias + (bias + z) / divisor)))
        }
        return interval
    }

    /// The p (count + 1)-th smallest, linear between neighbours; the extremes beyond them.
    private func quantile(_ p: Double) -> Double {
        let place = min(max(p * Double(sorted.count + 1) - 1, 0), Double(sorted.count - 1))
        let lower = Int(place)
        let upper = min(lower + 1, sorted.count - 1)
        return sorted[lower] + (place - Double(lower)) * (sorted[upper] - sorted[lower])
    }
}
