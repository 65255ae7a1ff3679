internal import ScrubCore

/// `z[i] = Σ_j pattern[i][j] · v[j]`, j ascending: what a head reads from where its pattern looks.
///
/// A. Vaswani et al., "Attention is all you need", section 3.2.1, <https://doi.org/10.48550/arXiv.1706.03762>.
///
/// Inputs: `pattern [position: Q, source: K]` and `v [position: K, head: E]`, or `v [position: K, model: E]`, what
/// values are projected from. (C1) two float32 inputs with these axes; (C2) they agree in K. Output: `[position: Q]`
/// and v's last axis.
public struct MixValues: OpRule {
    public static let name = "mixValues"
    public init() {}

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits =
            inputs.count == 2 && inputs.allSatisfy { $0.element == .float32 }
            && inputs[0].shape.axes.map(\.name) == [.position, .source]
            && inputs[1].shape.isHeadOrStream
        try require(1, fits, inputs, "float32 [position, source] and [position, head] or [position, model]")
        try require(2, inputs[0].shape.width == inputs[1].shape.vectors, inputs, "as many sources as v has positions")
        return ValueType([inputs[0].shape.axes[0], inputs[1].shape.axes[1]])
    }

    public func operations(of inputs: [ValueType]) -> Double {
        2 * Double(inputs[0].shape.count * inputs[1].shape.width)
    }
}
