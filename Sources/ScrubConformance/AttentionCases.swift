internal import ScrubCore
internal import ScrubOps

/// Cases of ``Attention``.
enum AttentionCases {
    static let all = plain + masked + extreme + tiled + streams

    private static let plain = [
        make("one key, width 1", queries: 1, keys: 1, inner: 1, width: 1),
        make("6 by 6, heads of 3", queries: 6, keys: 6, inner: 3, width: 3),
        make("5 queries, 9 keys, heads of 17 and 28", queries: 5, keys: 9, inner: 17, width: 28),
        make("causal, 9 by 9, heads of 28", causal: true, queries: 9, keys: 9, inner: 28, width: 28),
        make("causal, 33 by 33, heads of 16", causal: true, queries: 33, keys: 33, inner: 16, width: 16),
        make("causal, the last query of 17", causal: true, queries: 1, keys: 17, inner: 7, width: 7, at: [16]),
        make(
            "causal, queries out of order and again", causal: true, queries: 4, keys: 6, inner: 5, width: 4,
            at: [5, 0, 2, 2]),
        make("queries named, not causal", queries: 2, keys: 7, inner: 6, width: 6, at: [0, 40]),
        make("130 keys, heads of 33", rows: 2, queries: 3, keys: 130, inner: 33, width: 33, samples: 60),
        make(
            "causal, 70 positions, heads of 65", rows: 2, causal: true, queries: 70, keys: 70, inner: 65, width: 65,
            samples: 60),
        make("v the same for every row", queries: 4, keys: 5, inner: 8, width: 9, constantValues: true),
    ]

    /// Each row masks other keys, except where every row is to mask the same.
    private static let masked = [
        make("masked, 8 by 8", queries: 8, keys: 8, inner: 12, width: 12, mask: .values([1, 1, 0, 1, 0, 1, 1])),
        make(
            "masked and causal, 8 by 8", causal: true, queries: 8, keys: 8, inner: 12, width: 12,
            mask: .values([1, 1, 0, 1, 0, 1, 1])),
        make("every key masked", queries: 5, keys: 7, inner: 4, width: 6, mask: .values([0])),
        make("every key masked, causal", causal: true, queries: 7, keys: 7, inner: 4, width: 6, mask: .values([0])),
        make(
            "causal, the first keys masked", causal: true, queries: 6, keys: 6, inner: 4, width: 3,
            mask: .values([0, 0, 1, 0, 1, 1])),
        make(
            "one row of three masked whole", rows: 3, queries: 3, keys: 3, inner: 3, width: 3,
            mask: .values([1, 1, 1, 0, 0, 0, 1, 0, 1])),
        make(
            "masked and causal, one query of 65", causal: true, queries: 1, keys: 65, inner: 11, width: 11, at: [40],
            mask: .integers(low: 0, high: 2)),
        make(
            "a mask that is neither 0 nor 1", queries: 4, keys: 5, inner: 4, width: 4,
            mask: .values([0.5, 0, 1, -1, 3])),
        make(
            "a mask the same for every row", queries: 4, keys: 5, inner: 4, width: 4, mask: .values([1, 0, 1, 0, 1]),
            constantMask: true),
    ]

    /// Scores are sums of products of small integers times a power of two, which float32 holds exactly: only the
    /// softmax rounds.
    private static let extreme = [
        exact("scores of thousands", keys: 9, q: .integers(low: -30, high: 31), k: .integers(low: -30, high: 31)),
        exact("scores far below zero", keys: 9, q: .integers(low: 5, high: 9), k: .integers(low: -9, high: -5)),
        exact("scores far above zero", keys: 9, q: .integers(low: 5, high: 9), k: .integers(low: 5, high: 9)),
        exact("equal scores", keys: 17, q: .values([1]), k: .values([2])),
        exact(
            "scores of thousands below a mask", keys: 9, q: .integers(low: 5, high: 30),
            k: .integers(low: -30, high: -5),
            mask: .values([0, 1, 1, 0, 1])),
    ]

    /// What an engine that takes keys, queries and elements in tiles can get wrong: lengths just above and below one, heads
    /// of every usual width, the only key that counts in another tile, fewer queries than a tile has.
    private static let tiled = [
        square("1 position, heads of 256", 1, 256),
        square("31 positions, heads of 8", 31, 8),
        square("causal, 33 positions, heads of 24", 33, 24, causal: true),
        square("masked, 65 positions, heads of 40", 65, 40, mask: .integers(low: 0, high: 2)),
        square("causal, 129 positions, heads of 64", 129, 64, causal: true),
        square("causal, 300 positions, heads of 80", 300, 80, causal: true),
        square(
            "masked and causal, 65 positions, heads of 128", 65, 128, causal: true, mask: .integers(low: 0, high: 2)),
        square("33 positions, heads of 256", 33, 256),
        square("every key but the last masked, 129 positions", 129, 40, mask: .values(zeros(128) + [1])),
        square("every key but one masked, causal, 65 positions", 65, 16, causal: true, mask: .values(zeros(63) + [1])),
        make(
            "causal, the last query of 300", rows: 2, causal: true, queries: 1, keys: 300, inner: 80, width: 80,
            at: [299], samples: 8),
        make(
            "masked, one query of 129, heads of 256", rows: 2, queries: 1, keys: 129, inner: 256, width: 256,
            mask: .integers(low: 0, high: 2), samples: 8),
        make(
            "causal, three queries of 65 keys, heads of 128", rows: 2, causal: true, queries: 3, keys: 65, inner: 128,
            width: 128, at: [31, 32, 64], samples: 8),
        exact(
            "scores of 2¹⁰⁰, 65 keys", keys: 65,
            q: .values([0x1p50, -0x1p50, 0x1p51, 0x1p49, 0x1p50, -0x1p48, 0x1p50]),
            k: .values([0x1p50, 0x1p49, -0x1p50, 0x1p51, -0x1p49]), samples: 8),
    ]

    /// Keys and values that are not projected: one query of many keys, as wide as a stream.
    private static let streams = [
        make(
            "a stream as keys and values, one query of 42", queries: 1, keys: 42, inner: 56, width: 56,
            axes: [.model, .model], samples: 8),
        make(
            "a stream as keys, masked", queries: 1, keys: 42, inner: 56, width: 28, axes: [.model, .head],
            mask: .integers(low: 0, high: 2), samples: 8),
        make(
            "a stream as values, causal", rows: 2, causal: true, queries: 2, keys: 16, inner: 64, width: 768,
            axes: [.head, .model], at: [15, 3], samples: 8),
    ]

    private static func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }

    /// As many queries as keys, values as wide as keys, few numbers recorded.
    private static func square(
        _ title: String, _ length: Int, _ width: Int, causal: Bool = false, mask: Fill? = nil
    ) -> ConformanceCase {
        make(
            title, rows: 2, causal: causal, queries: length, keys: length, inner: width, width: width, mask: mask,
            samples: 8)
    }

    /// q, k and v uniform in ±1, scores scaled by the root of the inner width.
    ///
    /// - Parameter axes: the last of q and k, and that of v.
    private static func make(
        _ title: String, rows: Int = 4, causal: Bool = false, queries: Int, keys: Int, inner: Int, width: Int,
        axes: [Axis.Name] = [.head, .head], at: [Int]? = nil, mask: Fill? = nil, constantMask: Bool = false,
        constantValues: Bool = false, samples: Int = 200
    ) -> ConformanceCase {
        let scale = 1 / Double(inner).squareRoot()
        let v = positions(keys, axes[1], width)
        var operands: [Operand] = [
            .column("q", positions(queries, axes[0], inner), .symmetric(2)),
            .column("k", positions(keys, axes[0], inner), .symmetric(2)),
            constantValues ? .constant("v", v, .symmetric(1)) : .column("v", v, .symmetric(1)),
        ]
        if let mask {
            operands.append(
                constantMask ? .constant("mask", positions(keys), mask) : .column("mask", positions(keys), mask))
        }
        return ConformanceCase(
            .attention(Attention(causal: causal, scale: Float(scale), queries: at)), title, rows: rows, operands,
            .attention(inner: inner, term: 4 * scale, keys: keys), samples: samples)
    }

    private static func exact(
        _ title: String, keys: Int, q: Fill, k: Fill, mask: Fill? = nil, samples: Int = 200
    ) -> ConformanceCase {
        var operands: [Operand] = [
            .column("q", positions(4, .head, 16), q), .column("k", positions(keys, .head, 16), k),
            .column("v", positions(keys, .head, 5), .symmetric(1)),
        ]
        if let mask { operands.append(.column("mask", positions(keys), mask)) }
        return ConformanceCase(
            .attention(Attention(causal: false, scale: 0.25)), title, operands,
            .attention(inner: 0, term: 0, keys: keys), samples: samples)
    }
}
