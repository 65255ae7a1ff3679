internal import ScrubCore
internal import ScrubOps

/// Cases of ``MixValues``.
enum MixValuesCases {
    static let all = [
        make("one by one, width 1", queries: 1, keys: 1, width: 1),
        make("6 by 6, heads of 3", queries: 6, keys: 6, width: 3),
        make("5 queries, 9 keys, heads of 28", queries: 5, keys: 9, width: 28),
        make("one query of 17", queries: 1, keys: 17, width: 7),
        make("130 keys, heads of 33", queries: 3, keys: 130, width: 33),
        make("70 positions, heads of 65", rows: 2, queries: 70, keys: 70, width: 65),
        make("shares of 0, at the end too", queries: 5, keys: 7, width: 6, pattern: .values([0.5, 0, 0.25, 0, 0, 0])),
        make("no share at all", queries: 3, keys: 4, width: 5, pattern: .values([0])),
        make("shares that are no probabilities", queries: 4, keys: 8, width: 9, pattern: .symmetric(0.5)),
        make("a stream, one query of 42", rows: 2, queries: 1, keys: 42, width: 20, axis: .model),
        make("v the same for every row", queries: 4, keys: 5, width: 9, constantValues: true),
        make("a pattern the same for every row", queries: 4, keys: 5, width: 9, constantPattern: true),
    ]

    /// Shares that are as large as probabilities, unless given.
    private static func make(
        _ title: String, rows: Int = 4, queries: Int, keys: Int, width: Int, axis: Axis.Name = .head,
        pattern: Fill? = nil, constantValues: Bool = false, constantPattern: Bool = false
    ) -> ConformanceCase {
        let (shares, v) = (positions(queries, .source, keys), positions(keys, axis, width))
        let fill = pattern ?? .uniform(low: 0, high: 2 / Double(keys))
        return ConformanceCase(
            .mixValues(MixValues()), title, rows: rows,
            [
                constantPattern ? .constant("pattern", shares, fill) : .column("pattern", shares, fill),
                constantValues ? .constant("v", v, .symmetric(1)) : .column("v", v, .symmetric(1)),
            ], .product(terms: keys, largest: pattern == nil ? 2 / Double(keys) : 0.5))
    }
}
