internal import ScrubCore
internal import ScrubOps

/// Cases of ``AttentionPattern``.
enum AttentionPatternCases {
    static let all = plain + masked + extreme

    private static let plain = [
        make("one key, width 1", queries: 1, keys: 1, inner: 1),
        make("6 by 6, heads of 3", queries: 6, keys: 6, inner: 3),
        make("5 queries, 9 keys, heads of 17", queries: 5, keys: 9, inner: 17),
        make("causal, 9 by 9, heads of 28", causal: true, queries: 9, keys: 9, inner: 28),
        make("causal, 33 by 33, heads of 16", causal: true, queries: 33, keys: 33, inner: 16),
        make("causal, the last query of 17", causal: true, queries: 1, keys: 17, inner: 7, at: [16]),
        make(
            "causal, queries out of order and again", causal: true, queries: 4, keys: 6, inner: 5, at: [5, 0, 2, 2]),
        make("a stream as keys, one query of 22", rows: 2, queries: 1, keys: 22, inner: 56, axis: .model),
        make("queries named, not causal", queries: 2, keys: 7, inner: 6, at: [0, 40]),
        make("130 keys, heads of 33", rows: 2, queries: 3, keys: 130, inner: 33),
        make("causal, 70 positions, heads of 65", rows: 2, causal: true, queries: 70, keys: 70, inner: 65),
    ]

    private static let masked = [
        make("masked, 8 by 8", queries: 8, keys: 8, inner: 12, mask: .values([1, 1, 0, 1, 0, 1, 1])),
        make(
            "masked and causal, 8 by 8", causal: true, queries: 8, keys: 8, inner: 12,
            mask: .values([1, 1, 0, 1, 0, 1, 1])),
        make("every key masked", queries: 5, keys: 7, inner: 4, mask: .values([0])),
        make("every key masked, causal", causal: true, queries: 7, keys: 7, inner: 4, mask: .values([0])),
        make(
            "causal, the first keys masked", causal: true, queries: 6, keys: 6, inner: 4,
            mask: .values([0, 0, 1, 0, 1, 1])),
        make(
            "masked and causal, one query of 65", causal: true, queries: 1, keys: 65, inner: 11, at: [40],
            mask: .integers(low: 0, high: 2)),
    ]

    /// Scores are sums of products of small integers times a power of two, which float32 holds exactly: only the
    /// softmax rounds.
    private static let extreme = [
        exact("scores of thousands", q: .integers(low: -30, high: 31), k: .integers(low: -30, high: 31)),
        exact("scores far below zero", q: .integers(low: 5, high: 9), k: .integers(low: -9, high: -5)),
        exact("equal scores", q: .values([1]), k: .values([2])),
    ]

    /// q and k uniform in ±2, scores scaled by the root of the inner width.
    private static func make(
        _ title: String, rows: Int = 4, causal: Bool = false, queries: Int, keys: Int, inner: Int,
        axis: Axis.Name = .head, at: [Int]? = nil, mask: Fill? = nil
    ) -> ConformanceCase {
        let scale = 1 / Double(inner).squareRoot()
        var operands: [Operand] = [
            .column("q", positions(queries, axis, inner), .symmetric(2)),
            .column("k", positions(keys, axis, inner), .symmetric(2)),
        ]
        if let mask { operands.append(.column("mask", positions(keys), mask)) }
        return ConformanceCase(
            .attentionPattern(AttentionPattern(causal: causal, scale: Float(scale), queries: at)), title, rows: rows,
            operands, .attention(inner: inner, term: 4 * scale, keys: keys))
    }

    private static func exact(_ title: String, q: Fill, k: Fill) -> ConformanceCase {
        ConformanceCase(
            .attentionPattern(AttentionPattern(causal: false, scale: 0.25)), title,
            [.column("q", positions(4, .head, 16), q), .column("k", positions(9, .head, 16), k)],
            .attention(inner: 0, term: 0, keys: 9))
    }
}
