internal import ScrubCore

/// `Σ_p w[p] f(logits[p], labels[p])`: what the logits give to the labels. The classes of a position are its logits;
/// where there is one logit `l`, they are two, with logits 0 and `l`.
///
/// Inputs: `logits [position: P, logit: V]`, `labels [position: P]` int32 in `0..<max(V, 2)`, and perhaps weights `w
/// [position: P]`; without them each position weighs 1/P. (C1) two or three inputs of these types. A position of
/// weight 0 adds 0 whatever its label. Positions are added in ascending order. Output: a scalar.
public struct LabelScore: OpRule {
    /// `f(l, y)`, over the classes `j` of a position.
    public enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
        /// `l_y`.
        case logit
        /// `l_y` less the mean of the other classes' logits.
        case margin
        /// `softmax(l)_y = 1 / (1 + Σ_{j ≠ y} exp(l_j - l_y))`, which neither overflows nor cancels.
        case probability
        /// 1 where `y` is the first of the greatest logits, else 0.
        case correct
    }

    public static let name = "labelScore"
    public var kind: Kind

    public init(_ kind: Kind) { self.kind = kind }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        let fits =
            (2...3).contains(inputs.count) && inputs[0].element == .float32
            && inputs[0].shape.axes.map(\.name) == [.position, .logit]
            && inputs[1] == ValueType([Axis(.position, inputs[0].shape.vectors)], .int32)
            && (inputs.count == 2 || inputs[2] == ValueType([Axis(.position, inputs[0].shape.vectors)]))
        try require(
            1, fits, inputs, "float32 [position: P, logit: V]; int32 [position: P]; perhaps float32 [position: P]")
        return ValueType(.scalar)
    }

    public func operations(of inputs: [ValueType]) -> Double {
        let each: Double =
            switch kind {
            case .logit: 2
            case .margin, .correct: 2 * Double(inputs[0].shape.width)
            case .probability: 12 * Double(inputs[0].shape.width)
            }
        return each * Double(inputs[0].shape.vectors)
    }
}
