internal import ScrubCore
internal import ScrubOps

/// Cases of ``Embed``.
enum EmbedCases {
    static let all = [
        make("one token, width 1", tokens: 1, vocabulary: 1, known: 1, width: 1),
        make("5 tokens of 2, width 3", tokens: 5, vocabulary: 2, known: 5, width: 3),
        make("9 tokens of 114, width 17", tokens: 9, vocabulary: 114, known: 9, width: 17),
        make("more positions known than read", tokens: 4, vocabulary: 7, known: 31, width: 28),
        make("33 tokens, width 56", tokens: 33, vocabulary: 13, known: 33, width: 56),
        make("the last position alone", tokens: 12, vocabulary: 13, known: 12, width: 65, at: [11]),
        make("positions out of order and again", tokens: 6, vocabulary: 13, known: 6, width: 4, at: [4, 0, 4, 1]),
        make("fewer positions known than tokens", tokens: 8, vocabulary: 13, known: 3, width: 5, at: [0, 2]),
        make("first and last token", tokens: 2, vocabulary: 114, known: 2, width: 3, ids: .values([0, 113])),
        make("tokens alone, width 17", tokens: 9, vocabulary: 5, known: nil, width: 17),
        make(
            "tokens alone, positions out of order and again", tokens: 6, vocabulary: 13, known: nil, width: 4,
            at: [5, 0, 5]),
    ]

    /// Without `known` positions there is no W_pos.
    private static func make(
        _ title: String, tokens: Int, vocabulary: Int, known: Int?, width: Int, at: [Int]? = nil, ids: Fill? = nil
    ) -> ConformanceCase {
        ConformanceCase(
            .embed(Embed(positions: at)), title, rows: 5,
            [
                .integers("tokens", positions(tokens), ids ?? .integers(low: 0, high: vocabulary)),
                .constant("W_E", [Axis(.vocabulary, vocabulary), Axis(.model, width)], .symmetric(1)),
            ] + (known.map { [.constant("W_pos", positions($0, .model, width), .symmetric(1))] } ?? []),
            known == nil ? .exact : Tolerance(relative: 1.001 * Tolerance.unit, reason: "one addition, rounded once"))
    }
}
