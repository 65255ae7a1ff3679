public import ScrubCore
public import ScrubOps

/// Any computation, as the configuration of the family `graph` lists it: columns of the data, weights, and ops over
/// earlier nodes. What the nodes' types are follows from the ops (`GraphModel`).
public struct GraphConfiguration: Hashable, Sendable {
    public struct Node: Hashable, Sendable {
        public enum Body: Hashable, Sendable {
            /// A column of the dataset by its name, the type of one row, and for integers what they are below.
            case column(String, ValueType, below: Int?)
            /// A float32 tensor of the folder by its name.
            case weight(String, Shape)
            /// An op over earlier nodes, by number.
            case op(Op, inputs: [Int])
        }

        public var name: String
        public var body: Body
        /// Whether hypotheses speak of it as a unit; an op that is none is wiring.
        public var isComponent: Bool
        /// Where it is stated.
        public var place: SourceLocation
    }

    /// Inputs before readers.
    public var nodes: [Node]
    /// The number of the node at which the root claim stands.
    public var output: Int

    var hasWeights: Bool { nodes.contains { if case .weight = $0.body { true } else { false } } }
}
