internal import ScrubCore
internal import ScrubOps

/// Cases of ``ExpectedBinaryCrossEntropy``.
enum ExpectedBinaryCrossEntropyCases {
    static let all = [
        make("one logit, one position", 1, 1, .symmetric(4), difference: 4),
        make("two logits, one position", 1, 2, .symmetric(4), difference: 8),
        make("one logit, 65 positions", 65, 1, .symmetric(4), difference: 4),
        make("two logits, 17 positions", 17, 2, .symmetric(4), difference: 8),
        make("probabilities of each row", 3, 2, .symmetric(4), difference: 8, constant: false),
        make("probabilities 0 and 1", 2, 1, .symmetric(4), difference: 4, probability: .values([0, 1])),
        make("logits of ±80", 1, 1, .values([80, -80, 1, -1]), probability: .values([0.25])),
        make("pairs of ±10000", 2, 2, .values([1e4, -1e4, -1e4, 1e4, 1e4, 1e4]), probability: .values([0.25, 1])),
        make("losses of 1e-9, label 1 certain", 1, 1, .values([20.5, 20.75, 21, 40]), probability: .values([1])),
        make(
            "a weight for each label", 5, 2, .symmetric(4), difference: 8, probability: .uniform(low: 0, high: 0.25),
            shape: positions(5, .logit, 2)),
        make(
            "a weight for each label of one logit, of each row", 3, 1, .symmetric(4), difference: 4,
            probability: .values([0, 0.5, 0.25, 0, 0.125]), constant: false, shape: positions(3, .logit, 2)),
        make("losses of 1e-9, label 0 certain", 1, 2, .values([10.5, -10, 40, 0]), probability: .values([0])),
    ]

    private static func make(
        _ title: String, _ count: Int, _ width: Int, _ logits: Fill, difference: Double = 0,
        probability: Fill = .uniform(low: 0, high: 1), constant: Bool = true,
        shape: Shape? = nil
    ) -> ConformanceCase {
        ConformanceCase(
            .expectedBinaryCrossEntropy(ExpectedBinaryCrossEntropy()), title,
            [
                .column("logits", positions(count, .logit, width), logits),
                constant
                    ? .constant("probability", shape ?? positions(count), probability)
                    : .column("probability", shape ?? positions(count), probability),
            ], .positive(terms: 2 * count, difference: difference))
    }
}
