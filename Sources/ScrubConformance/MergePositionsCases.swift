internal import ScrubCore
internal import ScrubOps

/// Cases of ``MergePositions``.
enum MergePositionsCases {
    static let all = [
        make("the only position of one value", [1], [Axis(.model, 3)], [(0, 0)]),
        make("two values in turn, width 17", [4, 4], [Axis(.model, 17)], [(0, 0), (1, 1), (0, 2), (1, 3)]),
        make("counts that differ, width 1", [2, 7, 1], [Axis(.model, 1)], [(1, 6), (2, 0), (0, 1), (1, 0)]),
        make(
            "out of order and again, one not picked", [3, 3, 5], [Axis(.head, 33)], [(2, 4), (0, 2), (2, 4), (2, 0)]),
        make("numbers", [5, 5], [], [(1, 0), (0, 1), (1, 2), (0, 3), (1, 4)]),
        make("int32", [6, 6], [], of: .int32, [(0, 0), (0, 1), (1, 2), (0, 5)]),
        make("rows of patterns", [4, 4], [Axis(.source, 9)], [(0, 0), (1, 1), (1, 2), (0, 3)]),
        make("one the same for every row", [3, 3], [Axis(.model, 28)], constant: true, [(1, 0), (0, 1), (1, 2)]),
        make(
            "40 positions of 9 values", Array(repeating: 40, count: 9), [Axis(.model, 4)], (0..<40).map { ($0 % 9, $0) }
        ),
    ]

    /// - Parameter constant: whether the last value has no row axis.
    private static func make(
        _ title: String, _ counts: [Int], _ rest: [Axis], of element: ElementType = .float32, constant: Bool = false,
        _ picks: [(Int, Int)]
    ) -> ConformanceCase {
        let operands = counts.enumerated().map { number, count -> Operand in
            let shape = Shape([Axis(.position, count)] + rest)
            if element == .int32 { return .integers("x\(number)", shape, .integers(low: -1000, high: 1_000_000)) }
            return constant && number == counts.count - 1
                ? .constant("x\(number)", shape, .symmetric(1)) : .column("x\(number)", shape, .symmetric(1))
        }
        let merge = MergePositions(picks.map { MergePositions.Pick(input: $0.0, position: $0.1) })
        return ConformanceCase(.mergePositions(merge), title, operands, .exact)
    }
}
