internal import ScrubCore

/// `1/P Σ_p KL(softmax(p[p]) || softmax(q[p]))` in nats, from the distribution of the first input to that of the second
/// (S. Kullback, R. A. Leibler, "On information and sufficiency", equation 2.4,
/// <https://doi.org/10.1214/aoms/1177729694>). The classes of a position are its logits; where there is one logit `l`,
/// they are two, with logits 0 and `l`.
///
/// Computed as `Σ_j P_j (exp(d_j) - 1 - d_j)`, `d_j = log Q_j - log P_j`: since both distributions sum to 1 that is `Σ_j
/// P_j (log P_j - log Q_j)`, but no term is negative, so that none cancels. It is 0 where the inputs are bit-equal.
///
/// Inputs: `p`, `q`, both `[position: P, logit: V]`. (C1) two float32 inputs of one such shape. Positions are added in
/// ascending order. Output: a scalar.
public struct KLDivergence: OpRule {
    public static let name = "klDivergence"
    public init() {}

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits =
            inputs.count == 2 && inputs[0] == inputs[1] && inputs[0].element == .float32
            && inputs[0].shape.axes.map(\.name) == [.position, .logit]
        try require(1, fits, inputs, "float32 [position: P, logit: V] twice")
        return ValueType(.scalar)
    }

    public func operations(of inputs: [ValueType]) -> Double { 50 * Double(inputs[0].shape.count) }
}
