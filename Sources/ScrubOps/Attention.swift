internal import ScrubCore

/// One attention head: `z[i] = Σ_j softmax_j(scale · q[i]·k[j]) v[j]`.
///
/// A. Vaswani et al., "Attention is all you need", section 3.2.1, <https://doi.org/10.48550/arXiv.1706.03762>.
///
/// Inputs: `q [position: Q, head: D]`, `k [position: K, head: D]`, `v [position: K, head: E]`, and perhaps `mask
/// [position: K]`. (C1) three or four float32 inputs; (C2) q, k, v have the axes position and head, or position and
/// model where they are not projected, q as k; (C3) q and k agree in D, k and v in K; (C4) the mask is `[position: K]`;
/// (C5) there are Q query positions, `queries` or else 0..<Q, and with `causal` each is below K. Output: `[position: Q]`
/// and v's last axis.
///
/// Query row `i` stands at position `queries[i]`. With `causal`, keys after that position take no part. A key whose
/// mask is 0 has its score replaced by -1e5: it takes part only where every key that may take part is masked, since engines
/// may take it that no other score comes near. The sum over `j` runs in ascending order.
public struct Attention: OpRule {
    /// The score of a masked key.
    public static let maskedScore: Float = -1e5

    public static let name = "attention"
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
            1, (3...4).contains(inputs.count) && inputs.allSatisfy { $0.element == .float32 }, inputs,
            "q, k, v and perhaps mask")
        let (q, k, v) = (inputs[0].shape, inputs[1].shape, inputs[2].shape)
        try require(
            2, [q, k, v].allSatisfy(\.isHeadOrStream) && q.axes.last?.name == k.axes.last?.name, inputs,
            "q, k and v as [position, head] or [position, model], q as k")
        try require(
            3, q.width == k.width && k.vectors == v.vectors, inputs, "q and k of one width, k and v of one length")
        if inputs.count == 4 {
            try require(4, inputs[3].shape == [Axis(.position, k.vectors)], inputs, "mask [position: \(k.vectors)]")
        }
        let positions = queries ?? Array(0..<q.vectors)
        try require(
            5, positions.count == q.vectors && (!causal || positions.allSatisfy { (0..<k.vectors).contains($0) }),
            inputs,
            "one query position for each row of q, each a key position when causal")
        return ValueType([Axis(.position, q.vectors), v.axes[1]])
    }

    public func operations(of inputs: [ValueType]) -> Double {
        let (q, k, v) = (inputs[0].shape, inputs[1].shape, inputs[2].shape)
        return Double(q.vectors * k.vectors) * Double(2 * q.width + 2 * v.width + 12)
    }
}
