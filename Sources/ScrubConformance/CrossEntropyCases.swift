internal import ScrubCore
internal import ScrubOps

/// Cases of ``CrossEntropy``.
enum CrossEntropyCases {
    static let all = plain + weighted + extreme

    private static let plain = [
        make("vocabulary of 1", 3, 1, .symmetric(5)),
        make("vocabulary of 2, one position", 1, 2, .symmetric(5), difference: 10),
        make("vocabulary of 114, one position", 1, 114, .symmetric(5), difference: 10),
        make("vocabulary of 17, 40 positions", 40, 17, .symmetric(5), difference: 10),
        make("vocabulary of 1025, 3 positions", 3, 1025, .symmetric(5), difference: 10),
        make("every logit the same", 2, 33, .values([5])),
    ]

    private static let zeros = Fill.values([0.5, 0, 0.25, 0, 0, 1])

    private static let weighted = [
        make("weights", 5, 17, .symmetric(5), difference: 10, weights: .uniform(low: 0, high: 1)),
        make("weights with zeros", 6, 28, .symmetric(5), difference: 10, weights: zeros),
        make("weights the same for every row", 6, 7, .symmetric(5), difference: 10, weights: zeros, constant: true),
        make("every weight zero", 4, 3, .symmetric(5), weights: .values([0])),
        make(
            "labels outside the vocabulary at weight 0", 6, 7, .symmetric(5), difference: 10,
            labels: .values([3, -1, 6, 7, -100, 0]), weights: zeros, constant: true),
        make(
            "a great loss at weight 0", 2, 3, .values([0, 1, 2, -1e4, 0, 1e4]), difference: 2, labels: .values([1, 0]),
            weights: .values([1, 0]), constant: true),
    ]

    private static let extreme = [
        make("logits of ±80", 2, 3, .values([80, -80, 0, -80, -80, 80, 80, 80, -80])),
        make("logits of ±80, the label not the greatest", 1, 3, .values([80, -80, 79]), labels: .values([1, 2])),
        make("logits of ±10000", 2, 3, .values([1e4, -1e4, 0, -1e4, -1e4, 1e4, 1e4, 1e4, -1e4])),
        make(
            "logits of ±10000, the label not the greatest", 1, 4, .values([1e4, -1e4, 0, 9999]),
            labels: .values([1, 2, 3])),
        make("logits all of -10000", 1, 5, .values([-1e4])),
        make("losses of 1e-9", 1, 3, .values([21, 0, 0, 22, 0, 1, 90, 60, 30, 0, -21, -20.5]), labels: .values([0])),
        make(
            "losses of 1e-9, the label last of 114", 1, 114, .values([Double](repeating: 0, count: 113) + [25]),
            labels: .values([113])),
        make("two greatest logits of one value", 1, 4, .values([30, 30, 1, 0]), labels: .values([1, 0, 2, 3])),
    ]

    private static func make(
        _ title: String, _ count: Int, _ vocabulary: Int, _ logits: Fill, difference: Double = 0, labels: Fill? = nil,
        weights: Fill? = nil, constant: Bool = false
    ) -> ConformanceCase {
        var operands: [Operand] = [
            .column("logits", positions(count, .logit, vocabulary), logits),
            .integers("labels", positions(count), labels ?? .integers(low: 0, high: vocabulary)),
        ]
        if let weights {
            operands.append(
                constant
                    ? .constant("weights", positions(count), weights) : .column("weights", positions(count), weights))
        }
        return ConformanceCase(
            .crossEntropy(CrossEntropy()), title, rows: 4, operands,
            .positive(terms: count * vocabulary, difference: difference))
    }
}
