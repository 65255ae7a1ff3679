internal import ScrubCore

/// `scale · Σ |x - target|` over all elements, in row-major order. Inputs: (C1) two float32 values of one shape.
/// Output: a scalar.
public struct AbsoluteError: OpRule {
    public static let name = "absoluteError"
    /// 1 for the summed error, one over the element count for the mean.
    public var scale: Float

    public init(scale: Float) { self.scale = scale }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits = inputs.count == 2 && inputs[0] == inputs[1] && inputs[0].element == .float32
        try require(1, fits, inputs, "two float32 values of one shape")
        return ValueType(.scalar)
    }

    public func operations(of inputs: [ValueType]) -> Double { 3 * Double(inputs[0].shape.count) }
}
