internal import ScrubCore
internal import ScrubOps

/// Cases of ``ExpectedCrossEntropy``.
enum ExpectedCrossEntropyCases {
    static let all = [
        make("vocabulary of 1", 2, 1, .symmetric(5)),
        make("vocabulary of 2, one position", 1, 2, .symmetric(5), difference: 10),
        make("vocabulary of 114, one position", 1, 114, .symmetric(5), difference: 10),
        make("vocabulary of 17, 33 positions", 33, 17, .symmetric(5), difference: 10),
        make("probabilities of each row", 3, 28, .symmetric(5), difference: 10, constant: false),
        make(
            "positions and labels of probability 0", 2, 3, .symmetric(5), difference: 10,
            probability: .values([0, 0.5, 0.5, 0, 0, 0])),
        make("logits of ±80", 1, 3, .values([80, -80, 0, -80, -80, 80]), probability: .values([0.5, 0.25, 0.25])),
        make(
            "logits of ±10000", 1, 3, .values([1e4, -1e4, 0, -1e4, -1e4, 1e4]),
            probability: .values([0.5, 0.25, 0.25])),
        make(
            "losses of 1e-9, one label certain", 1, 3, .values([0, 21, 0, 1, 22, 0, 60, 90, 30]),
            probability: .values([0, 1, 0])),
    ]

    private static func make(
        _ title: String, _ count: Int, _ vocabulary: Int, _ logits: Fill, difference: Double = 0,
        probability: Fill = .uniform(low: 0, high: 0.25), constant: Bool = true
    ) -> ConformanceCase {
        let shape = positions(count, .logit, vocabulary)
        return ConformanceCase(
            .expectedCrossEntropy(ExpectedCrossEntropy()), title,
            [
                .column("logits", shape, logits),
                constant ? .constant("probability", shape, probability) : .column("probability", shape, probability),
            ], .positive(terms: count * vocabulary, difference: difference))
    }
}
