internal import ScrubCore
internal import ScrubOps

/// Cases of ``MergeSources``.
enum MergeSourcesCases {
    static let all = [
        make("one by one", queries: 1, sources: 1, [.offsets([0])]),
        make("no parts", queries: 3, sources: 5, []),
        make("the previous token", queries: 9, sources: 9, [.offsets([1])]),
        make("the current token, then the previous", queries: 17, sources: 17, [.offsets([0]), .offsets([1])]),
        make("later tokens", queries: 6, sources: 6, [.offsets([-1, -2, 5])]),
        make("some keys", queries: 5, sources: 33, [.keys([0, 7, 32])]),
        make("parts that overlap: the first counts", queries: 7, sources: 7, [.keys([2, 3]), .offsets([0, 1])]),
        make("parts that contain nothing", queries: 4, sources: 4, [.offsets([]), .keys([9]), .offsets([-40])]),
        make("queries out of order and again", queries: 4, sources: 9, [.offsets([1]), .keys([0])], at: [8, 0, 3, 3]),
        make("the last query of 65", queries: 1, sources: 65, [.offsets([1, 2])], at: [64]),
        make("a part the same for every row", queries: 5, sources: 5, [.offsets([1])], constant: true),
    ]

    /// - Parameter constant: whether the last pattern has no row axis.
    private static func make(
        _ title: String, queries: Int, sources: Int, _ parts: [SourcePart], at: [Int]? = nil, constant: Bool = false
    ) -> ConformanceCase {
        let shape = positions(queries, .source, sources)
        let operands = (0...parts.count).map { number -> Operand in
            constant && number == parts.count
                ? .constant("x\(number)", shape, .symmetric(1)) : .column("x\(number)", shape, .symmetric(1))
        }
        return ConformanceCase(.mergeSources(MergeSources(parts: parts, queries: at)), title, operands, .exact)
    }
}
