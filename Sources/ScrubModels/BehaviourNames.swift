public import ScrubGraph
public import ScrubOps

/// What a behaviour's figures, nodes and bindings are called, so that one graph may bear several behaviours.
public struct BehaviourNames: Hashable, Sendable {
    /// As figures call it; no two behaviours of one graph have the same.
    public let metric: String
    /// Whether it is the first of its graph, whose nodes do not bear its name.
    public let isFirst: Bool

    public init(metric: String, isFirst: Bool = true) {
        self.metric = metric
        self.isFirst = isFirst
    }

    /// Names for behaviours of one graph, in order: a measure that comes again has its number behind it.
    public static func unique(_ measures: [Measure]) -> [BehaviourNames] {
        measures.enumerated().map { place, measure in
            let earlier = measures[..<place].count { $0 == measure }
            let number = earlier == 0 ? "" : " \(earlier + 1)"
            return BehaviourNames(metric: measure.rawValue + number, isFirst: place == 0)
        }
    }

    /// The column of labels, per datum at the positions read: `[position]` int32, or `[position, logit]` float32 for an
    /// error, or one float32 number for a correlation.
    public var labels: InputSource { .column(binding("labels")) }
    /// The column of the labels that a logit difference is against, `[position]` int32.
    public var against: InputSource { .column(binding("against")) }
    /// The column of the positions' weights, `[position]` float32.
    public var weights: InputSource { .column(binding("weights")) }
    /// The distribution of labels over the data: what each label weighs at each position, `[position, logit]`; for a
    /// binary cross-entropy without weights the probability of label 1, `[position]`; for an error the mean target,
    /// `[position, logit]`; for a logit difference against a column how much more the label weighs than the other.
    public var distribution: InputSource { .statistic(binding("distribution")) }
    /// The sum over positions and outputs of the targets' variances.
    public var variance: InputSource { .statistic(binding("variance")) }
    /// The logit that a correlation reads, `[position: 1]` int32; 1 where there is but one.
    public var logit: InputSource { .statistic(binding("logit")) }

    /// The node that is the measure.
    var measure: String { isFirst ? "loss" : metric }

    func node(_ role: String) -> String { isFirst ? role : "\(metric) \(role)" }

    private func binding(_ role: String) -> String { isFirst ? "behaviour/\(role)" : "behaviour \(metric)/\(role)" }
}
