/// A figure with its uncertainty.
public struct Estimate: Hashable, Sendable, Codable {
    public var mean: Double
    /// Standard deviation of the mean over repetitions of the sampling; 0 for an exact figure.
    public var standardError: Double
    /// 95%, by the normal approximation: mean ± 1.96 standard errors.
    public var interval: [Double]

    /// The 0.975 quantile of the normal distribution.
    public static let quantile = 1.959963984540054

    public init(mean: Double, standardError: Double) {
        self.mean = mean
        self.standardError = standardError
        interval = [mean - Self.quantile * standardError, mean + Self.quantile * standardError]
    }

    public static func exact(_ mean: Double) -> Estimate { Estimate(mean: mean, standardError: 0) }

    private enum CodingKeys: String, CodingKey {
        case mean, interval
        case standardError = "standard_error"
    }
}
