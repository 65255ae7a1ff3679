internal import ScrubCore

/// `y = (x - mean) / sqrt(variance + epsilon) · w + b` over the last axis, the variance being the mean of squared
/// deviations.
///
/// J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization", section 3.1,
/// <https://doi.org/10.48550/arXiv.1607.06450>.
///
/// Inputs: `x [..., model: M]`, and `w [model: M]`, `b [model: M]` or neither. (C1) one or three float32 inputs; (C2)
/// w and b are
/// `[model: M]`. Output: the type of x.
public struct LayerNorm: OpRule {
    public static let name = "layerNorm"
    public var epsilon: Float

    public init(epsilon: Float) { self.epsilon = epsilon }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits = (inputs.count == 1 || inputs.count == 3) && inputs.allSatisfy { $0.element == .float32 }
        try require(1, fits && inputs[0].shape.rank >= 1, inputs, "float32 x, and w, b or neither")
        let width = Shape([inputs[0].shape.axes.last ?? Axis(.model, 0)])
        try require(2, inputs.dropFirst().allSatisfy { $0.shape == width }, inputs, "w and b of shape \(width)")
        return inputs[0]
    }

    public func operations(of inputs: [ValueType]) -> Double { 8 * Double(inputs[0].shape.count) }
}
