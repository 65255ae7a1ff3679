internal import ScrubCore

/// Where one attention head looks: `a[i][j] = softmax_j(scale · q[i]·k[j])`; 0 for a key that takes no part.
///
/// A. Vaswani et al., "Attention is all you need", section 3.2.1, <https://doi.org/10.48550/arXiv.1706.03762>.
///
/// Inputs: `q [position: Q, head: D]`, `k [position: K, head: D]`, and perhaps `mask [position: K]`. (C1) two or three
/// float32 inputs; (C2) q and k have the axes position and head, or both position and model, where k is what keys are
/// projected from and q is taken to its space; (C3) they agree in D; (C4) the mask is `[position: K]`;
/// (C5) there are Q query positions, `queries` or else 0..<Q, and with `causal` each is below K. Output: `[position: Q,
/// source: K]`.
///
/// Query positions, `causal` and the mask are those of ``Attention``, which is ``MixValues`` of this and the values.
public struct AttentionPattern: OpRule {
    public static let name = "attentionPattern"
    public var causal: Bool
    /// What scores are multiplied by, `1 / sqrt(D)`.
    public var scale: Float
    /// Positions of the query rows when they are not simply `0..<Q`.
    public var queries: [Int]?

    public init(causal: Bool, scale: Float, queries: [Int]? = nil) {
        self.causal = causal
        self.scale = scale
        self.queries = queries
    }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        try require(
            1, (2...3).contains(inputs.count) && inputs.allSatisfy { $0.element == .float32 }, inputs,
            "q, k and perhaps mask")
        let (q, k) = (inputs[0].shape, inputs[1].shape)
        try require(
            2, [q, k].allSatisfy(\.isHeadOrStream) && q.axes.last?.name == k.axes.last?.name, inputs,
            "q and k as [position, head], or both as [position, model]")
        try require(3, q.width == k.width, inputs, "q and k of one width")
        if inputs.count == 3 {
            try require(4, inputs[2].shape == [Axis(.position, k.vectors)], inputs, "mask [position: \(k.vectors)]")
        }
        let positions = queries ?? Array(0..<q.vectors)
        try require(
            5, positions.count == q.vectors && (!causal || positions.allSatisfy { (0..<k.vectors).contains($0) }),
            inputs, "one query position for each row of q, each a key position when causal")
        return ValueType([Axis(.position, q.vectors), Axis(.source, k.vectors)])
    }

    public func operations(of inputs: [ValueType]) -> Double {
        let (q, k) = (inputs[0].shape, inputs[1].shape)
        return Double(q.vectors * k.vectors) * Double(2 * q.width + 12)
    }
}
