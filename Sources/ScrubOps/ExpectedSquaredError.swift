internal import ScrubCore

/// The expectation of ``SquaredError`` over targets independent of `x`: `scale · (Σ (x - μ)² + σ²)`, with `μ` the
/// targets' mean and
/// `σ²` the sum of their variances.
///
/// Inputs: `x` of any shape, `μ` of the same, `σ²` a scalar, float32 all. (C1) inputs of these types. Output: a scalar.
public struct ExpectedSquaredError: OpRule {
    public static let name = "expectedSquaredError"
    public var scale: Float

    public init(scale: Float) { self.scale = scale }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits =
            inputs.count == 3 && inputs[0] == inputs[1] && inputs[0].element == .float32
            && inputs[2] == ValueType(.scalar)
        try require(1, fits, inputs, "two float32 values of one shape; a float32 scalar")
        return ValueType(.scalar)
    }

    public func operations(of inputs: [ValueType]) -> Double { 3 * Double(inputs[0].shape.count) }
}
