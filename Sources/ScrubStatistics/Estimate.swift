/// A figure with its uncertainty.
public struct Estimate: Hashable, Sendable, Codable {
    /// How the interval was made.
    public enum Method: String, Hashable, Sendable, Codable {
        /// Nothing was sampled: the interval is the figure.
        case exact
        /// Mean ± 1.96 standard errors.
        case normal
        /// The bias-corrected and accelerated bootstrap (`Bootstrap`).
        case bca
        /// E. B. Wilson's interval for a proportion (`Estimate.proportion`).
        case wilson
    }

    public var mean: Double
    /// Standard deviation of the mean over repetitions of the sampling; 0 for an exact figure.
    public var standardError: Double
    /// Of 95%, by `method`: its lower and its upper end.
    public var interval: [Double]
    public var method: Method
    /// Mean ± 1.96 standard errors, beside an interval that was made otherwise; nil where `interval` is it.
    public var normalInterval: [Double]?
    /// False where the interval may cover much less than it says: `Trust` has the rule.
    public var isTrusted: Bool

    /// The 0.975 quantile of the normal distribution.
    public static let quantile = 1.959963984540054

    /// By the normal approximation.
    ///
    /// - Parameters:
    ///   - mean: The figure.
    ///   - standardError: In the figure's unit; with an infinite one the interval is the whole line, and not trusted.
    public init(mean: Double, standardError: Double) {
        self.mean = mean
        self.standardError = standardError
        interval = Self.normalInterval(mean, standardError)
        method = .normal
        isTrusted = standardError.isFinite
    }

    /// With an interval that was made otherwise; the normal one is put beside it.
    ///
    /// - Parameters:
    ///   - mean: The figure.
    ///   - standardError: In the figure's unit.
    ///   - interval: Lower and upper end, 95%.
    ///   - method: How the interval was made.
    ///   - isTrusted: Whether it covers about what it says.
    public init(mean: Double, standardError: Double, interval: [Double], method: Method, isTrusted: Bool) {
        self.mean = mean
        self.standardError = standardError
        self.interval = interval
        self.method = method
        normalInterval = Self.normalInterval(mean, standardError)
        self.isTrusted = isTrusted
    }

    /// A figure of which nothing was sampled.
    public static func exact(_ mean: Double) -> Estimate {
        var estimate = Estimate(mean: mean, standardError: 0)
        estimate.method = .exact
        return estimate
    }

    private static func normalInterval(_ mean: Double, _ standardError: Double) -> [Double] {
        [mean - quantile * standardError, mean + quantile * standardError]
    }

    private enum CodingKeys: String, CodingKey {
        case mean, interval, method
        case standardError = "standard_error"
        case normalInterval = "normal_interval"
        case isTrusted = "trusted"
    }
}
