internal import ScrubCore
internal import ScrubOps

/// Cases of ``LabelScore``.
enum LabelScoreCases {
    static let all = LabelScore.Kind.allCases.flatMap(plain) + weighted + extreme

    private static func plain(_ kind: LabelScore.Kind) -> [ConformanceCase] {
        [
            make(kind, "one logit, 5 positions", 5, 1),
            make(kind, "two logits, one position", 1, 2),
            make(kind, "vocabulary of 17, 40 positions", 40, 17),
            make(kind, "vocabulary of 114, 3 positions", 3, 114, labels: kind == .correct ? .values([0, 1, 2]) : nil),
        ]
    }

    private static let zeros = Fill.values([0.5, 0, 0.25, 0, 0, 1])

    private static let weighted = [
        make(.logit, "weights", 5, 17, weights: .uniform(low: 0, high: 1)),
        make(.margin, "weights, one logit", 4, 1, weights: .uniform(low: 0, high: 1)),
        make(.probability, "weights with zeros", 6, 28, weights: zeros),
        make(.correct, "weights with zeros", 6, 2, weights: zeros),
        make(
            .probability, "labels outside the vocabulary at weight 0", 6, 7,
            labels: .values([3, -1, 6, 7, -100, 0]), weights: zeros),
    ]

    private static let extreme = [
        make(.logit, "logits of ±10000", 1, 3, .values([1e4, -1e4, 0]), largest: 1e4, labels: .values([0, 1, 2, 0])),
        make(
            .margin, "near logits far from zero", 1, 3, .values([9999, 1e4, 9998, 1e4, 1e4, 9997]), largest: 3,
            labels: .values([0, 1, 2, 0])),
        make(.probability, "logits of ±10000", 1, 3, .values([1e4, -1e4, 0, -1e4, -1e4, 1e4, 1e4, 1e4, -1e4])),
        make(
            .probability, "logits of ±80, one logit", 2, 1, .values([80, -80, 1, -1]), labels: .values([0, 0, 1, 1])),
        make(.probability, "logits all of -10000", 1, 5, .values([-1e4])),
        make(
            .correct, "equal logits, the first of which is the answer", 1, 3, .values([2, 2, 1, 1, 2, 2, 3, 3, 3]),
            labels: .values([0, 1, 1, 2])),
        make(
            .correct, "one logit of zero, of which label 0 is the answer", 1, 1, .values([0]), labels: .values([0, 1])),
    ]

    private static func make(
        _ kind: LabelScore.Kind, _ title: String, _ count: Int, _ vocabulary: Int, _ logits: Fill = .symmetric(5),
        largest: Double = 5, labels: Fill? = nil, weights: Fill? = nil
    ) -> ConformanceCase {
        let classes = max(vocabulary, 2)
        return ConformanceCase(
            .labelScore(LabelScore(kind)), "\(kind.rawValue), \(title)", rows: 4,
            [
                .column("logits", positions(count, .logit, vocabulary), logits),
                .integers("labels", positions(count), labels ?? .integers(low: 0, high: classes)),
            ] + (weights.map { [.column("weights", positions(count), $0)] } ?? []),
            tolerance(kind, count, classes, largest, weight: weights == nil ? 1 : Double(count)))
    }

    /// - Parameter weight: the sum of the weights' magnitudes, at most.
    static func tolerance(
        _ kind: LabelScore.Kind, _ count: Int, _ classes: Int, _ largest: Double, weight: Double
    ) -> Tolerance {
        switch kind {
        case .logit: .mean(terms: count, largest: largest, weight: weight)
        case .margin: .mean(terms: count * classes, largest: 2 * largest, weight: weight)
        case .probability: .positive(terms: count * classes, difference: 2 * largest)
        case .correct: .positive(terms: count)
        }
    }
}
