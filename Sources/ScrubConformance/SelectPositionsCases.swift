internal import ScrubCore
internal import ScrubOps

/// Cases of ``SelectPositions``.
enum SelectPositionsCases {
    static let all = [
        make("the only position", positions(1, .model, 3), [0]),
        make("the first of 9, width 17", positions(9, .model, 17), [0]),
        make("the last of 9, width 1", positions(9, .model, 1), [8]),
        make("out of order and again, width 33", positions(6, .model, 33), [5, 0, 3, 3, 1]),
        make("more than there are", positions(2, .model, 5), [0, 1, 1, 0, 1]),
        make("of numbers", positions(7), [6, 2]),
        make("of int32", positions(7), of: .int32, [0, 6, 6]),
        make("all 28, width 4", positions(28, .model, 4), Array(0..<28)),
    ]

    private static func make(
        _ title: String, _ shape: Shape, of element: ElementType = .float32, _ chosen: [Int]
    ) -> ConformanceCase {
        let operand: Operand =
            switch element {
            case .float32: .column("x", shape, .symmetric(1))
            case .int32: .integers("x", shape, .integers(low: -1000, high: 1_000_000))
            }
        return ConformanceCase(.selectPositions(SelectPositions(chosen)), title, [operand], .exact)
    }
}
