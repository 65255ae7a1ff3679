internal import ScrubCore

/// 1 where a token is not the padding token, 0 where it is. Input: (C1) `tokens [position]` int32. Output: float32
/// `[position]`.
public struct PaddingMask: OpRule {
    public static let name = "paddingMask"
    public var token: Int

    public init(token: Int) { self.token = token }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits = inputs.count == 1 && inputs[0].element == .int32 && inputs[0].shape.axes.map(\.name) == [.position]
        try require(1, fits, inputs, "int32 [position]")
        return ValueType(inputs[0].shape)
    }

    public func operations(of inputs: [ValueType]) -> Double { Double(inputs[0].shape.count) }
}
