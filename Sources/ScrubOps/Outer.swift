internal import ScrubCore

/// `y[i] = s_i · d`: a direction, as long at each position as a number says; one number for all positions, or one for
/// each.
///
/// Inputs: `s`, a scalar or `[position: P]`, and a vector `d`. (C1) two float32 inputs; (C2) s is a scalar or has
/// `positions` positions; (C3) d has one axis. Output: `[position: P]` and d's axis.
public struct Outer: OpRule {
    public static let name = "outer"
    /// How many positions the output has.
    public var positions: Int

    public init(positions: Int) { self.positions = positions }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        try require(
            1, inputs.count == 2 && inputs.allSatisfy { $0.element == .float32 }, inputs, "float32 s and d")
        let position = Axis(.position, positions)
        try require(
            2, positions >= 0 && (inputs[0].shape == .scalar || inputs[0].shape == [position]), inputs,
            "s as a scalar or [\(position)]")
        try require(3, inputs[1].shape.rank == 1, inputs, "d with one axis")
        return ValueType([position, inputs[1].shape.axes[0]])
    }

    public func operations(of inputs: [ValueType]) -> Double { Double(positions) * Double(inputs[1].shape.count) }
}
