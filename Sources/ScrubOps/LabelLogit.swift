internal import ScrubCore

/// `Σ_p w[p] (x[p] · W[:, labels[p]] + b[labels[p]])`: what ``LabelScore`` gives of the logits `x W + b` for kind `logit`,
/// without the others. On the CPU each logit is summed as in ``Linear``.
///
/// Inputs: `x [position: P, model: D]`, `W [model: D, logit: V]`, `labels [position: P]` int32 in `0..<V`, `b [logit: V]`
/// where it is biased, and perhaps weights `w [position: P]`; without them each position weighs 1/P. (C1) so many
/// inputs of these types. A position of weight 0 adds 0 whatever its label. Positions are added in ascending order.
/// Output: a scalar.
public struct LabelLogit: OpRule {
    public static let name = "labelLogit"
    /// Whether there is a bias.
    public var biased: Bool

    public init(biased: Bool) { self.biased = biased }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        var expected: [ValueType] = []
        if inputs.count >= 3, inputs[0].shape.rank == 2, inputs[1].shape.rank == 2 {
            let (x, w) = (inputs[0].shape.axes, inputs[1].shape.axes)
            expected = [
                ValueType([Axis(.position, x[0].count), x[1]]), ValueType([x[1], Axis(.logit, w[1].count)]),
                ValueType([x[0]], .int32),
            ]
            if biased { expected.append(ValueType([w[1]])) }
            if inputs.count > expected.count { expected.append(ValueType([x[0]])) }
        }
        try require(
            1, inputs == expected, inputs,
            "float32 x [position: P, model: D]; W [model: D, logit: V]; int32 [position: P]"
                + (biased ? "; b [logit: V]" : "") + "; perhaps float32 [position: P]")
        return ValueType(.scalar)
    }

    public func operations(of inputs: [ValueType]) -> Double { 2 * Double(inputs[0].shape.count) }

    /// The input that has the weights of positions.
    public var weights: Int { biased ? 4 : 3 }
}
