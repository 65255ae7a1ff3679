internal import ScrubCore

/// The expectation of ``LabelScore`` over labels independent of the logits: `Σ_p Σ_y π[p, y] f(logits[p], y)`. `π`
/// carries the positions' weights, so its rows need not sum to 1; it may be a difference of two distributions.
///
/// Inputs: `logits [position: P, logit: V]`, `π [position: P, logit: max(V, 2)]`, one number a class: with one logit `l`
/// the classes are two, of logits 0 and `l`. (C1) two float32 inputs of these shapes. Sums run in ascending order,
/// labels inside positions. Output: a scalar.
public struct ExpectedLabelScore: OpRule {
    public static let name = "expectedLabelScore"
    public var kind: LabelScore.Kind

    public init(_ kind: LabelScore.Kind) { self.kind = kind }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits =
            inputs.count == 2 && inputs[0].element == .float32
            && inputs[0].shape.axes.map(\.name) == [.position, .logit]
            && inputs[1]
                == ValueType([Axis(.position, inputs[0].shape.vectors), Axis(.logit, max(inputs[0].shape.width, 2))])
        try require(
            1, fits, inputs, "float32 [position: P, logit: V]; float32 [position: P, logit: V, or 2 where V is 1]")
        return ValueType(.scalar)
    }

    public func operations(of inputs: [ValueType]) -> Double {
        (kind == .probability ? 14 : 4) * Double(inputs[0].shape.count)
    }
}
