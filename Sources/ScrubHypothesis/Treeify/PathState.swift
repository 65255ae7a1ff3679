public import ScrubGraph

/// How far paths have come that lead down from a claim: which of its children may still be reached, and past what.
public struct PathState: Hashable, Sendable {
    struct Hope: Hashable {
        var child: Int
        /// A bit for each group of the child's `via` that was passed.
        var passed: UInt64
    }

    /// In the order of the claim's children.
    var hopes: [Hope]
    /// The direct input through which paths left the claim's own wiring, where its others are drawn for each.
    public internal(set) var left: Int?

    /// Whether no child can be reached any more: what lies below takes the claim's others datum.
    public var isHopeless: Bool { hopes.isEmpty }
}

/// Where the paths that enter a node by one slice of it lead.
public struct Piece: Hashable, Sendable {
    public enum Target: Hashable, Sendable {
        /// A child claim stands there.
        case child(Int)
        case onward(PathState)
    }

    public var slice: Slice
    public var target: Target
}
