internal import ScrubCore
internal import ScrubGraph
public import ScrubOps

/// What takes the place of the inputs that a hypothesis calls unimportant.
public enum Ablation: Hashable, Sendable, CustomStringConvertible {
    /// Their value on the others datum: causal scrubbing itself.
    case resample
    /// Zero.
    case zero
    /// Their mean over D, at each position, or over the rows of D on which the feature is as on the claim's own datum.
    case mean(within: String?)

    /// Reads `resample`, `zero`, `mean` or `mean:FEATURE`.
    public init?(_ text: String) {
        switch text {
        case "resample": self = .resample
        case "zero": self = .zero
        case "mean": self = .mean(within: nil)
        default:
            guard text.hasPrefix("mean:"), text.count > "mean:".count else { return nil }
            self = .mean(within: String(text.dropFirst("mean:".count)))
        }
    }

    public var description: String {
        switch self {
        case .resample: "resample"
        case .zero: "zero"
        case .mean(nil): "mean"
        case .mean(let feature?): "mean:\(feature)"
        }
    }

    /// The column under which the host binds, per datum, the number of its class.
    public static let classes = InputSource.column("ablation/class")
    /// The prefix of statistics under which the host binds what replaces a node, `[group, …]`: a value for each class.
    public static let replacement = "ablation/"

    /// The statistic that holds what replaces the node of this name.
    static func values(of node: String) -> InputSource { .statistic(replacement + node) }
}

extension Node {
    /// Whether an ablation replaces it: masks and tokens are no activations, they stay on the claim's own datum.
    var isActivation: Bool {
        if case .op(.paddingMask) = kind { return false }
        return type.element == .float32
    }
}
