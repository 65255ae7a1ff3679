public import ScrubGraph

/// What is measured, as written.
public struct BehaviourStatement: Hashable, Sendable {
    public enum Positions: Hashable, Sendable {
        case all
        case last
        case list([Int])
    }

    public var measure: Located<Measure>
    public var positions: Located<Positions>
    /// A column, or `model` for the model's own output.
    public var label: Located<String>
    /// A column that weighs positions; the measure is their weighted mean.
    public var mask: Located<String>?
    /// How far ahead of the position read its label lies: 1 for predicting the next token.
    public var shift: Int
    /// What a logit difference is against: a column of labels, or `others` for the mean of the other logits.
    public var against: Located<String>?
    /// The logit that a correlation reads.
    public var logit: Located<Int>?

    /// - Parameters:
    ///   - measure: what is measured.
    ///   - positions: where the outputs are read.
    ///   - label: a column, or `model`.
    ///   - mask: a column that weighs positions.
    ///   - shift: how far ahead of the position read its label lies.
    ///   - against: what a logit difference is against: a column, or `others`.
    ///   - logit: the logit that a correlation reads.
    public init(
        measure: Located<Measure>, positions: Located<Positions>, label: Located<String>,
        mask: Located<String>? = nil, shift: Int = 0, against: Located<String>? = nil, logit: Located<Int>? = nil
    ) {
        self.measure = measure
        self.positions = positions
        self.label = label
        self.mask = mask
        self.shift = shift
        self.against = against
        self.logit = logit
    }

    /// The same of another measure, without what that one does not take.
    func measuring(_ measure: Located<Measure>) -> BehaviourStatement {
        var other = self
        other.measure = measure
        if !measure.value.isPerPosition { (other.mask, other.shift) = (nil, 0) }
        if measure.value != .logitDifference { other.against = nil }
        if measure.value != .correlation { other.logit = nil }
        return other
    }
}
