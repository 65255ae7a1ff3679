/// Where a value that no step computes comes from. Bindings are given under these names at every run.
public enum InputSource: Hashable, Sendable, Codable, CustomStringConvertible {
    /// A tensor of the checkpoint, or one element of its first axis (one head of `W_Q`).
    case weight(String, slice: Int?)
    /// A column of the dataset, one row a datum.
    case column(String)
    /// A figure over the dataset's labels that the host computes, such as their distribution.
    case statistic(String)

    /// `weight blocks.0.attn.W_Q[1]`, `column tokens`, `statistic labels`.
    public var description: String {
        switch self {
        case .weight(let name, let slice): "weight \(name)\(slice.map { "[\($0)]" } ?? "")"
        case .column(let name): "column \(name)"
        case .statistic(let name): "statistic \(name)"
        }
    }
}
