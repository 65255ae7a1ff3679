internal import ScrubCore
internal import ScrubOps

/// Cases of ``ExpectedLabelScore``.
enum ExpectedLabelScoreCases {
    static let all = LabelScore.Kind.allCases.flatMap(plain) + others

    private static func plain(_ kind: LabelScore.Kind) -> [ConformanceCase] {
        [
            make(kind, "one logit, 5 positions", 5, 1),
            make(kind, "two logits, one position", 1, 2),
            make(kind, "vocabulary of 17, 33 positions", 33, 17),
            make(kind, "vocabulary of 114, one position", 1, 114),
            make(kind, "probabilities of each row", 3, 28, constant: false),
        ]
    }

    private static let others = [
        make(.logit, "a difference of distributions", 4, 7, probability: .symmetric(0.25)),
        make(.margin, "a difference of distributions, one logit", 4, 1, probability: .symmetric(0.25)),
        make(
            .margin, "near logits far from zero", 1, 3, .values([9999, 1e4, 9998, 1e4, 1e4, 9997]), largest: 3,
            probability: .values([0.5, 0.25, 0.25])),
        make(
            .probability, "logits of ±10000", 1, 3, .values([1e4, -1e4, 0, -1e4, -1e4, 1e4]),
            probability: .values([0.5, 0.25, 0.25])),
        make(
            .correct, "equal logits, the first of which is the answer", 2, 3,
            .values([2, 2, 1, 1, 2, 2, 3, 3, 3, 0, 0, 1]), probability: .values([0.125, 0.25, 0.0625])),
    ]

    private static func make(
        _ kind: LabelScore.Kind, _ title: String, _ count: Int, _ vocabulary: Int, _ logits: Fill = .symmetric(5),
        largest: Double = 5, probability: Fill = .uniform(low: 0, high: 0.25), constant: Bool = true
    ) -> ConformanceCase {
        let classes = max(vocabulary, 2)
        let shape = positions(count, .logit, classes)
        return ConformanceCase(
            .expectedLabelScore(ExpectedLabelScore(kind)), "\(kind.rawValue), \(title)",
            [
                .column("logits", positions(count, .logit, vocabulary), logits),
                constant ? .constant("probability", shape, probability) : .column("probability", shape, probability),
            ],
            LabelScoreCases.tolerance(kind, count, classes, largest, weight: Double(count * classes) / 4))
    }
}
