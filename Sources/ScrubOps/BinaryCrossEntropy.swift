internal import ScrubCore

/// `Σ_p w[p] softplus(-s l)` with `s = +1` for label 1 and `-1` for label 0, where `l = logit[1] - logit[0]`, or the
/// logit itself where there is only one. Stable for either sign: `softplus(x) = max(x, 0) + log1p(exp(-|x|))`.
///
/// Inputs: `logits [position: P, logit: 1 or 2]`, `labels [position: P]` int32, 0 or 1, and perhaps weights `w
/// [position: P]`; without them each position weighs 1/P. (C1) two or three inputs of these types. A position of
/// weight 0 adds 0 whatever its label. Positions are added in ascending order. Output: a scalar.
public struct BinaryCrossEntropy: OpRule {
    public static let name = "binaryCrossEntropy"
    public init() {}

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits =
            (2...3).contains(inputs.count) && inputs[0].element == .float32
            && inputs[0].shape.axes.map(\.name) == [.position, .logit]
            && inputs[0].shape.width <= 2 && inputs[1] == ValueType([Axis(.position, inputs[0].shape.vectors)], .int32)
            && (inputs.count == 2 || inputs[2] == ValueType([Axis(.position, inputs[0].shape.vectors)]))
        try require(
            1, fits, inputs, "float32 [position: P, logit: 1 or 2]; int32 [position: P]; perhaps float32 [position: P]")
        return ValueType(.scalar)
    }

    public func operations(of inputs: [ValueType]) -> Double { 30 * Double(inputs[0].shape.vectors) }
}
