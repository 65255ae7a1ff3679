public import ScrubPlan

/// A treeified hypothesis bound to a graph: every claim with its node, its own datum, and the data of its other inputs.
public struct ScrubTree: Hashable, Sendable {
    /// The data of the inputs that no child claims.
    public enum Others: Hashable, Sendable {
        /// A claim without children is evaluated wholly on its own datum.
        case none
        /// One table for all of them.
        case shared(Int)
        /// A table for each direct input, by node.
        case each([Int: Int])
    }

    public struct Claim: Hashable, Sendable {
        /// Canonical: `output`, `a1.h0`, `a1.h0/a0.h1`. Names draws, so that no draw depends on order in the file.
        public var path: String
        /// The graph node at which the claim stands.
        public var node: Int
        public var parent: Int?
        public var children: [Int]
        /// The table of the claim's datum; its parent's where the claim is exact.
        public var datum: Int
        public var others: Others
    }

    /// The root first, parents before children.
    public var claims: [Claim]
    /// The reference first, parents before children. Features stand by their SQL text.
    public var tables: [Table]
}
