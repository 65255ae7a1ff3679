public import ScrubOps

/// What the row axis of a value runs over.
public enum Rows: String, Hashable, Sendable, Codable {
    /// No row axis: the same for every row (weights, label distributions).
    case constant
    /// One row for each datum bound.
    case dataset
    /// One row for each replicate.
    case replicates
}

/// A typed value of a plan: `[rows, axes of the type]`.
public struct Value: Hashable, Sendable, Codable {
    /// For people: the graph node it came from and the claim that reads it, `a1.h0.q @ output/others`. Unique within a plan.
    public var name: String
    public var type: ValueType
    public var rows: Rows

    public init(_ name: String, _ type: ValueType, _ rows: Rows) {
        self.name = name
        self.type = type
        self.rows = rows
    }
}

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

/// A value that is bound, not computed.
public struct Input: Hashable, Sendable, Codable {
    public var value: Int
    public var source: InputSource

    public init(value: Int, source: InputSource) {
        self.value = value
        self.source = source
    }
}
