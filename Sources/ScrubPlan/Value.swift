public import ScrubOps

/// What the row axis of a value runs over.
public enum Rows: String, Hashable, Sendable, Codable, CodingKeyRepresentable {
    /// No row axis: the same for every row (weights, label distributions).
    case constant
    /// One row for each datum bound.
    case dataset
    /// One row for each replicate.
    case replicates
}

/// A typed value of a plan: `[rows, axes of the type]`.
public struct Value: Hashable, Sendable, Codable {
    /// For people: the graph node it came from and the claim that reads it, `a1.h0.q @ output/others`. Unique within a
    /// plan.
    public var name: String
    public var type: ValueType
    public var rows: Rows

    public init(_ name: String, _ type: ValueType, _ rows: Rows) {
        self.name = name
        self.type = type
        self.rows = rows
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
