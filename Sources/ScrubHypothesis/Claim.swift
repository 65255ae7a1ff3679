public import ScrubCore

/// By which paths a claim's nodes are reached from its parent's.
public struct Route: Hashable, Sendable {
    public enum Scope: Hashable, Sendable {
        /// Through wiring alone between the parent, each node of `via`, and the claimed node.
        case direct
        /// Every path.
        case all
    }

    public var scope: Scope
    /// Nodes or groups of nodes that a path must pass, every one of them.
    public var via: [Located<String>]
    /// Nodes or groups of nodes that a path must not pass.
    public var avoiding: [Located<String>]

    public init(_ scope: Scope = .direct, via: [Located<String>] = [], avoiding: [Located<String>] = []) {
        self.scope = scope
        self.via = via
        self.avoiding = avoiding
    }

    public static let direct = Route(.direct)
    public static let all = Route(.all)
}

/// One claim as it was written: nodes and the paths to them, the feature by which its datum is drawn, the claims on its
/// inputs, and the policy for the rest.
public struct Claim: Hashable, Sendable {
    /// The node as the file names it, with its slice; several when they share the claim's draw. The root's is the
    /// output.
    public var nodes: [Located<String>]
    public var route: Route
    public var same: Located<Condition>
    public var inputs: [Claim]
    /// Nil for the hypothesis's default.
    public var others: Located<OthersPolicy>?
    /// Claims of one name are one claim under several parents, drawn once for all of them. Nil for a claim that is drawn
    /// anew under each parent.
    public var shared: String?

    public init(
        nodes: [Located<String>], route: Route = .direct, same: Located<Condition>, inputs: [Claim] = [],
        others: Located<OthersPolicy>? = nil, shared: String? = nil
    ) {
        self.nodes = nodes
        self.route = route
        self.same = same
        self.inputs = inputs
        self.others = others
        self.shared = shared
    }

    /// What messages call it: its nodes as written.
    public var name: String { nodes.map(\.value).joined(separator: ", ") }

    /// Where it is written.
    public var location: SourceLocation { nodes.first?.location ?? same.location }
}
