internal import ScrubCore

/// The expectation of ``CrossEntropy`` over labels independent of the logits: `Σ_p Σ_y π[p, y] CE(logits[p], y)`, each
/// `CE` in the same stable form. `π` carries the positions' weights, so its rows need not sum to 1.
///
/// Inputs: `logits [position: P, logit: V]`, `π [position: P, logit: V]`. (C1) two float32 inputs of one such shape.
/// Sums run in ascending order, labels inside positions. Output: a scalar.
public struct ExpectedCrossEntropy: OpRule {
    public static let name = "expectedCrossEntropy"
    public init() {}

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits =
            inputs.count == 2 && inputs[0] == inputs[1] && inputs[0].element == .float32
            && inputs[0].shape.axes.map(\.name) == [.position, .logit]
        try require(1, fits, inputs, "float32 [position: P, logit: V] twice")
        return ValueType(.scalar)
    }

    public func operations(of inputs: [ValueType]) -> Double { 14 * Double(inputs[0].shape.count) }
}
