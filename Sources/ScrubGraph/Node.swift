public import ScrubOps

/// A named value of a model's computational graph, for one datum.
public struct Node: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// Bound from outside: a weight, a column of the dataset, a statistic of its labels.
        case source(InputSource)
        case op(Op)
        /// The value of the one input on the reference datum, whatever datum is asked for: a target that is the
        /// model's own output.
        case onReference
    }

    /// As the field's graph files name it: `embed`, `a1.h0`, `a1.h0.q`, `m0`, `logits`.
    public var name: String
    public var kind: Kind
    /// Nodes read, by number, in the op's order; always earlier ones.
    public var inputs: [Int]
    /// The type for one datum.
    public var type: ValueType
    /// Whether hypotheses speak of it as a unit: the embedding, a head, an MLP, the mask, the logits, a column. The
    /// rest is wiring inside one component (its residual sum, norm, q, k, v), through which a component's direct
    /// inputs are reached.
    public var isComponent: Bool
    /// Whether the value differs from datum to datum.
    public var dependsOnData: Bool
}
