internal import ScrubCore

/// `Σ_p w[p] CE(logits[p], labels[p])`, `CE(l, y) = log Σ_j exp(l_j) - l_y`, computed as `(m - l_y) + log1p(Σ_{j ≠ a}
/// exp(l_j - m))` with `m = l_a` the greatest logit (the first of equals): no term cancels, whether the label is the
/// greatest or not.
///
/// Inputs: `logits [position: P, logit: V]`, `labels [position: P]` int32 in `0..<V`, and perhaps weights `w
/// [position: P]`; without them each position weighs 1/P. (C1) two or three inputs of these types. A position of
/// weight 0 adds 0 whatever its label. Positions are added in ascending order. Output: a scalar.
public struct CrossEntropy: OpRule {
    public static let name = "crossEntropy"
    public init() {}

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits =
            (2...3).contains(inputs.count) && inputs[0].element == .float32
            && inputs[0].shape.axes.map(\.name) == [.position, .logit]
            && inputs[1] == ValueType([Axis(.position, inputs[0].shape.vectors)], .int32)
            && (inputs.count == 2 || inputs[2] == ValueType([Axis(.position, inputs[0].shape.vectors)]))
        try require(
            1, fits, inputs, "float32 [position: P, logit: V]; int32 [position: P]; perhaps float32 [position: P]")
        return ValueType(.scalar)
    }

    public func operations(of inputs: [ValueType]) -> Double { 12 * Double(inputs[0].shape.count) }
}
