internal import ScrubCore

/// `((x₀ + x₁) + x₂) + …`, in the order given: the residual stream from its components.
///
/// Inputs: (C1) at least one, float32; (C2) the first has the output's shape, each other has it too or is one vector
/// along its last axis, added at every position. Output: the type of the first.
public struct Sum: OpRule {
    public static let name = "sum"
    public init() {}

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        try require(
            1, !inputs.isEmpty && inputs.allSatisfy { $0.element == .float32 }, inputs, "at least one float32 value")
        let shape = inputs[0].shape
        let vector = Shape(shape.axes.suffix(1))
        try require(
            2, inputs.allSatisfy { $0.shape == shape || $0.shape == vector }, inputs,
            "every input \(shape) or \(vector)")
        return inputs[0]
    }

    public func operations(of inputs: [ValueType]) -> Double { Double(inputs[0].shape.count * (inputs.count - 1)) }
}
