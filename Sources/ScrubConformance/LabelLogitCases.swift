internal import ScrubCore
internal import ScrubOps

/// Cases of ``LabelLogit``.
enum LabelLogitCases {
    static let all = [
        make("1 into 2, one position", 1, 1, 2),
        make("3 into 17, 5 positions", 5, 3, 17),
        make("56 into 5 with bias, 42 positions", 42, 56, 5, biased: true),
        make("65 into 33 with bias, weights", 4, 65, 33, biased: true, weights: .uniform(low: 0, high: 1)),
        make("768 into 515, one position", 1, 768, 515),
        make("1030 into 3 with bias, weights with zeros", 6, 1030, 3, biased: true, weights: zeros),
        make(
            "labels outside the vocabulary at weight 0", 6, 9, 7, labels: .values([3, -1, 6, 7, -100, 0]),
            weights: zeros),
        make("terms of 10000 and of 0.0001", 2, 4, 3, .values([1e4, 1e-4, -1e4, 1e-4]), largest: 1e4),
        make(
            "a NaN stays in its row", 1, 3, 6, .values([1, 2, 3, 4, .nan, 6, 7, 8, 9, 10, 11]), largest: 11,
            biased: true),
    ]

    private static let zeros = Fill.values([0.5, 0, 0.25, 0, 0, 1])

    /// W and b are uniform in ±1, and x in ±1 unless said.
    private static func make(
        _ title: String, _ count: Int, _ inner: Int, _ vocabulary: Int, _ x: Fill = .symmetric(1), largest: Double = 1,
        biased: Bool = false, labels: Fill? = nil, weights: Fill? = nil
    ) -> ConformanceCase {
        var operands: [Operand] = [
            .column("x", positions(count, .model, inner), x),
            .constant("W", [Axis(.model, inner), Axis(.logit, vocabulary)], .symmetric(1)),
            .integers("labels", positions(count), labels ?? .integers(low: 0, high: vocabulary)),
        ]
        if biased { operands.append(.constant("b", [Axis(.logit, vocabulary)], .symmetric(1))) }
        if let weights { operands.append(.column("weights", positions(count), weights)) }
        // A mean of products; weights add up to at most one a position.
        return ConformanceCase(
            .labelLogit(LabelLogit(biased: biased)), title, rows: 4, operands,
            .product(terms: inner + 1 + count, largest: largest * (weights == nil ? 1 : Double(count))))
    }
}
