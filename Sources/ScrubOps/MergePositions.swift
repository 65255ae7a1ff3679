internal import ScrubCore

/// `y[i] = inputs[picks[i].input][picks[i].position]` along the position axis: one value from positions of several.
///
/// Inputs: any element type. (C1) at least one, each with position as its first axis; (C2) the other axes and the
/// element type are those of the first, position counts may differ; (C3) there is a pick, and each names an input and one of
/// its positions. Output: as many positions as picks, and the other axes.
public struct MergePositions: OpRule {
    /// Where one position comes from.
    public struct Pick: Hashable, Sendable, Codable {
        /// The number of the input.
        public var input: Int
        /// The position on it.
        public var position: Int

        public init(input: Int, position: Int) {
            self.input = input
            self.position = position
        }
    }

    public static let name = "mergePositions"
    public var picks: [Pick]

    public init(_ picks: [Pick]) { self.picks = picks }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        try require(
            1, !inputs.isEmpty && inputs.allSatisfy { $0.shape.axes.first?.name == .position }, inputs,
            "values over positions")
        let rest = inputs[0].shape.axes.dropFirst()
        try require(
            2, inputs.allSatisfy { $0.element == inputs[0].element && $0.shape.axes.dropFirst() == rest }, inputs,
            "values of one type but for their positions")
        let counts = inputs.map { $0.shape.axes[0].count }
        let stray = picks.first { !counts.indices.contains($0.input) || !(0..<counts[$0.input]).contains($0.position) }
        try require(
            3, stray == nil && !picks.isEmpty, inputs,
            "picks of positions that there are, not \(stray.map { "\($0.position) of input \($0.input)" } ?? "none")")
        return ValueType(inputs[0].shape.replacingFirst(with: Axis(.position, picks.count)), inputs[0].element)
    }

    public func operations(of inputs: [ValueType]) -> Double { 0 }
}
