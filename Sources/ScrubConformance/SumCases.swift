internal import ScrubCore
internal import ScrubOps

/// Cases of ``Sum``.
enum SumCases {
    static let all = [
        make("one value", positions(3, .model, 5), 1),
        make("two values, width 1", positions(2, .model, 1), 2),
        make("two values of 3 by 17", positions(3, .model, 17), 2),
        make("nine values of 5 by 28", positions(5, .model, 28), 9),
        make("seventeen values of 33", [Axis(.model, 33)], 17),
        make("a value and a vector at each position", positions(7, .model, 65), 1, vectors: 1),
        make("vectors between values", positions(4, .model, 6), 3, vectors: 2),
        make("two values and a constant", positions(3, .model, 56), 2, constants: 1),
        make("scalars", .scalar, 3),
        make("a vector of each row", positions(4, .model, 3), 1, rowVectors: 2),
    ]

    /// Values first, then constants of their shape, constant vectors, and vectors of each row.
    private static func make(
        _ title: String, _ shape: Shape, _ count: Int, constants: Int = 0, vectors: Int = 0, rowVectors: Int = 0
    ) -> ConformanceCase {
        let vector = Shape(shape.axes.suffix(1))
        var operands: [Operand] = (0..<count).map { .column("x\($0)", shape, .symmetric(1)) }
        operands += (0..<constants).map { .constant("c\($0)", shape, .symmetric(1)) }
        for number in 0..<vectors {
            operands.insert(.constant("v\(number)", vector, .symmetric(1)), at: 1 + 2 * number)
        }
        operands += (0..<rowVectors).map { .column("r\($0)", vector, .symmetric(1)) }
        return ConformanceCase(.sum(Sum()), title, operands, .sum(terms: operands.count, largest: 1))
    }
}
