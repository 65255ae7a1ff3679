internal import ScrubCore
internal import ScrubOps

/// Cases of ``BinaryCrossEntropy``.
enum BinaryCrossEntropyCases {
    private static let labels = Fill.integers(low: 0, high: 2)

    static let all = [
        make("one logit, one position", 1, 1, .symmetric(4), difference: 4),
        make("two logits, one position", 1, 2, .symmetric(4), difference: 8),
        make("one logit, 65 positions", 65, 1, .symmetric(4), difference: 4),
        make("two logits, 17 positions", 17, 2, .symmetric(4), difference: 8),
        make("logits of zero", 3, 2, .values([0])),
        make("logits of ±80, label 0", 1, 1, .values([80, -80, 1, -1]), label: 0),
        make("logits of ±80, label 1", 1, 1, .values([80, -80, 1, -1]), label: 1),
        make("pairs of ±80", 1, 2, .values([80, -80, -80, 80, 80, 80, -80, -80]), label: 1),
        make("logits of ±10000", 2, 1, .values([1e4, -1e4, 1e4, 1e4, -1e4, -1e4, 1e4, 0])),
        make("pairs of ±10000", 1, 2, .values([1e4, -1e4, -1e4, 1e4, 1e4, 9.99e3, -1e4, -1e4]), label: 1),
        make("losses of 1e-9, label 1", 1, 1, .values([20.5, 20.75, 21, 40]), label: 1),
        make("losses of 1e-9, label 0", 1, 1, .values([-20.5, -20.75, -21, -40]), label: 0),
        make("losses of 1e-9 from pairs", 1, 2, .values([-10, 10.5, -8, 12.75, 100, 121, 0, 40]), label: 1),
        make("weights", 5, 2, .symmetric(4), difference: 8, weights: .uniform(low: 0, high: 1)),
        make(
            "weights with zeros, one logit", 6, 1, .symmetric(4), difference: 4, weights: .values([0.5, 0, 0.25, 0, 1])),
        make("labels that are none at weight 0", 2, 1, .symmetric(4), difference: 4, label: -1, weights: .values([0])),
    ]

    /// Only exact differences are given where they are great, so that their own rounding matters (`difference`)
    /// elsewhere alone.
    private static func make(
        _ title: String, _ count: Int, _ width: Int, _ logits: Fill, difference: Double = 0, label: Double? = nil,
        weights: Fill? = nil
    ) -> ConformanceCase {
        ConformanceCase(
            .binaryCrossEntropy(BinaryCrossEntropy()), title, rows: 4,
            [
                .column("logits", positions(count, .logit, width), logits),
                .integers("labels", positions(count), label.map { .values([$0]) } ?? labels),
            ] + (weights.map { [.column("weights", positions(count), $0)] } ?? []),
            .positive(terms: count, difference: difference))
    }
}
