internal import ScrubCore

/// `y = a - b`, element by element. Inputs: (C1) two float32 values of one shape. Output: their type.
public struct Difference: OpRule {
    public static let name = "difference"
    public init() {}

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits = inputs.count == 2 && inputs[0] == inputs[1] && inputs[0].element == .float32
        try require(1, fits, inputs, "two float32 values of one shape")
        return inputs[0]
    }

    public func operations(of inputs: [ValueType]) -> Double { Double(inputs[0].shape.count) }
}
