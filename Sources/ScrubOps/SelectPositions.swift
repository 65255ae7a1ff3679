internal import ScrubCore

/// `y[i] = x[positions[i]]` along the position axis.
///
/// Input: (C1) one value whose first axis is position; (C2) every position is on it. Output: the same axes, with as
/// many positions.
public struct SelectPositions: OpRule {
    public static let name = "selectPositions"
    public var positions: [Int]

    public init(_ positions: [Int]) { self.positions = positions }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        try require(
            1, inputs.count == 1 && inputs[0].shape.axes.first?.name == .position, inputs, "one value over positions")
        let count = inputs[0].shape.axes[0].count
        try require(2, positions.allSatisfy((0..<count).contains), inputs, "positions below \(count), not \(positions)")
        return ValueType(inputs[0].shape.replacingFirst(with: Axis(.position, positions.count)), inputs[0].element)
    }

    public func operations(of inputs: [ValueType]) -> Double { 0 }
}
