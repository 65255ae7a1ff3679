internal import ScrubCore

/// `y[i] = W_E[tokens[p_i]] + W_pos[p_i]`, the token's and the position's embedding; `p_i` is `positions[i]`, or `i`.
/// Without W_pos the token's alone.
///
/// Inputs: `tokens [position: P]` int32 in `0..<V`, `W_E [vocabulary: V, model: M]`, and perhaps `W_pos [position: C,
/// model: M]`. (C1) inputs of these types; (C2) every position read is below P and C. Output: `[position, model]`.
public struct Embed: OpRule {
    public static let name = "embed"
    /// The positions computed, when not all.
    public var positions: [Int]?

    public init(positions: [Int]? = nil) { self.positions = positions }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits =
            (2...3).contains(inputs.count) && inputs[0].element == .int32
            && inputs[0].shape.axes.map(\.name) == [.position]
            && inputs[1].shape.axes.map(\.name) == [.vocabulary, .model]
            && inputs.dropFirst(2).allSatisfy {
                $0.shape.axes.map(\.name) == [.position, .model] && $0.shape.width == inputs[1].shape.width
            } && inputs.dropFirst().allSatisfy { $0.element == .float32 }
        try require(
            1, fits, inputs, "int32 [position]; float32 [vocabulary, model]; perhaps float32 [position, model]")
        let count = inputs[0].shape.count
        let read = positions ?? Array(0..<count)
        let known = 0..<(inputs.dropFirst(2).map(\.shape.vectors) + [count]).reduce(count, min)
        try require(
            2, read.allSatisfy(known.contains), inputs, "positions below \(known.upperBound), not \(read.max() ?? 0)")
        return ValueType([Axis(.position, read.count), Axis(.model, inputs[1].shape.width)])
    }

    public func operations(of inputs: [ValueType]) -> Double {
        Double((positions?.count ?? inputs[0].shape.count) * inputs[1].shape.width)
    }
}
