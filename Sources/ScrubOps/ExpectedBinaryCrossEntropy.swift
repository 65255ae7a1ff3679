internal import ScrubCore

/// The expectation of ``BinaryCrossEntropy`` over labels independent of the logits: the mean over positions of
/// `π softplus(-l) + (1 - π) softplus(l)`, or, where positions have weights, `Σ_p π[p, 1] softplus(-l) + π[p, 0]
/// softplus(l)`.
///
/// Inputs: `logits [position: P, logit: 1 or 2]`, `π [position: P]`, the probability of label 1, or `π [position: P,
/// logit: 2]`, what each label weighs at each position. (C1) inputs of these types. Output: a scalar.
public struct ExpectedBinaryCrossEntropy: OpRule {
    public static let name = "expectedBinaryCrossEntropy"
    public init() {}

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits =
            inputs.count == 2 && inputs[0].element == .float32
            && inputs[0].shape.axes.map(\.name) == [.position, .logit]
            && inputs[0].shape.width <= 2
            && (inputs[1] == ValueType([Axis(.position, inputs[0].shape.vectors)])
                || inputs[1] == ValueType([Axis(.position, inputs[0].shape.vectors), Axis(.logit, 2)]))
        try require(
            1, fits, inputs, "float32 [position: P, logit: 1 or 2]; float32 [position: P] or [position: P, logit: 2]")
        return ValueType(.scalar)
    }

    public func operations(of inputs: [ValueType]) -> Double { 60 * Double(inputs[0].shape.vectors) }
}
