/// When a 95% interval is believed.
///
/// Where a few replicates make nearly all of the variance, the next sample may lack them or hold others, and no
/// interval made of this sample knows it. Simulated distributions whose intervals cover less than about 90% are those
/// whose samples have a median participation of less than about 5: docs/statistics.md has the table. A sample that
/// met none of the few looks harmless, so that no rule about samples alone can warn of all (`Carriers`).
public enum Trust {
    /// The fewest replicates of a trusted interval.
    public static let leastReplicates = 20
    /// The least `participation` of a trusted interval.
    public static let leastParticipation = 5.0
    /// How many of the carriers of an exactly known mean a sample must be expected to draw (`Carriers`).
    public static let leastMeetings = 10.0
}

/// How many replicates make the variance: `(Σ w d²)² / Σ w d⁴` over the deviations `d` from the weighted mean, with
/// weights of sum 1, times their number. That is n over the kurtosis: n / 3 for normal values, about k where k of n
/// are far from the rest.
///
/// It is the inverse participation ratio of the squared deviations, or L. Kish's effective sample size ("Survey
/// Sampling", 1965, section 11.7) with squared deviations for weights.
///
/// - Parameters:
///   - values: One a replicate, or one a row of D.
///   - weights: Of at least 0, one a value; nil for equal ones.
/// - Returns: From 1 to the number of values; nil where the values are all alike, where there are none, where one
///   is not finite or where the numbers of values and weights differ.
public func participation(_ values: [Float], weights: [Double]? = nil) -> Double? {
    guard let first = values.first, weights.map({ $0.count == values.count }) ?? true else { return nil }
    var (total, mean) = (0.0, 0.0)
    for (i, value) in values.enumerated() {
        let weight = weights?[i] ?? 1
        total += weight
        mean += weight * (Double(value) - Double(first))
    }
    mean = Double(first) + mean / total
    var (second, fourth) = (0.0, 0.0)
    for (i, value) in values.enumerated() {
        let square = (Double(value) - mean) * (Double(value) - mean)
        second += (weights?[i] ?? 1) * square
        fourth += (weights?[i] ?? 1) * square * square
    }
    let number = Double(values.count) * (second / total) * (second / total) / (fourth / total)
    return number.isFinite ? number : nil
}
