extension Estimate {
    /// The estimate of `offset + factor · x`, where this is one of x: exact numbers change an interval's place and
    /// width, and nothing else.
    ///
    /// - Parameters:
    ///   - offset: Known exactly.
    ///   - factor: Known exactly; a negative one turns the interval round.
    public func affine(_ offset: Double, _ factor: Double) -> Estimate {
        func moved(_ interval: [Double]) -> [Double] { interval.map { offset + factor * $0 }.sorted() }
        var estimate = self
        estimate.mean = offset + factor * mean
        estimate.standardError = abs(factor) * standardError
        estimate.interval = moved(interval)
        estimate.normalInterval = normalInterval.map(moved)
        return estimate
    }

    /// How wide the interval is.
    public var width: Double { interval[1] - interval[0] }
}
