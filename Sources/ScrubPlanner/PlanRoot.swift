public import ScrubGraph

/// What a root of a plan holds. The first behaviour's roots bear these names alone; a further behaviour's, its metric
/// besides: `scrubbed accuracy`.
public enum PlanRoot: String, Sendable {
    /// The plain model's value of the behaviour, for each dataset row.
    case model
    /// The randomised baseline, for each dataset row, or for each replicate where it is sampled.
    case baseline
    /// The behaviour, scrubbed, for each replicate.
    case scrubbed
    /// What the behaviour reads, scrubbed, for each replicate.
    case outputs
    /// What the behaviour reads of the plain model, for each dataset row.
    case modelOutputs = "model outputs"
    /// `OutputDistance.squared`, for each replicate.
    case squaredDistance = "output distance"
    /// `OutputDistance.divergence`, for each replicate.
    case divergence = "output divergence"

    /// - Parameters:
    ///   - behaviour: whose; nil for the first's.
    ///   - member: the hypothesis's place among those of the plan; a root of another than the first bears its number,
    ///     counted from 1: `scrubbed (hypothesis 2)`.
    public func name(of behaviour: Behaviour? = nil, member: Int = 0) -> String {
        let name = behaviour.map { "\(rawValue) \($0.metric)" } ?? rawValue
        return member == 0 ? name : "\(name) (hypothesis \(member + 1))"
    }
}
