internal import ScrubCore

/// `y = x W + b` over the last axis. Row-major; the sum over the inner axis runs in ascending order, starting from the
/// bias.
///
/// Inputs: `x [..., A]`, `W [A, B]`, and perhaps `b [B]`. (C1) two or three float32 inputs; (C2) W has two axes, its
/// first x's last; (C3) b is W's last axis. Output: x's shape with its last axis replaced by W's.
public struct Linear: OpRule {
    public static let name = "linear"
    public init() {}

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits = (2...3).contains(inputs.count) && inputs.allSatisfy { $0.element == .float32 }
        try require(1, fits, inputs, "float32 x, W and perhaps b")
        let (x, w) = (inputs[0].shape, inputs[1].shape)
        try require(2, w.rank == 2 && w.axes[0] == x.axes.last, inputs, "W with x's last axis as its first")
        if inputs.count == 3 { try require(3, inputs[2].shape == Shape([w.axes[1]]), inputs, "b [\(w.axes[1])]") }
        return ValueType(x.replacingLast(with: w.axes[1]))
    }

    public func operations(of inputs: [ValueType]) -> Double {
        2 * Double(inputs[0].shape.count * inputs[1].shape.width)
    }
}
