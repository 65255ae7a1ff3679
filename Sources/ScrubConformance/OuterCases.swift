internal import ScrubCore
internal import ScrubOps

/// Cases of ``Outer``.
enum OuterCases {
    static let all = [
        make("one number, one position, width 1", positions: 1, width: 1, isScalar: true),
        make("one number for 7 positions of 17", positions: 7, width: 17, isScalar: true),
        make("a number for each of 7 positions of 33", positions: 7, width: 33),
        make("65 positions of width 1", positions: 65, width: 1),
        make("one position of 300", positions: 1, width: 300),
        make("a vector of each row", positions: 3, width: 28, rowVectors: true),
        make(
            "the same numbers for every row, a vector of each", positions: 4, width: 5, rowVectors: true, constant: true
        ),
    ]

    private static func make(
        _ title: String, positions count: Int, width: Int, isScalar: Bool = false, rowVectors: Bool = false,
        constant: Bool = false
    ) -> ConformanceCase {
        let (s, d): (Shape, Shape) = (isScalar ? .scalar : positions(count), [Axis(.model, width)])
        return ConformanceCase(
            .outer(Outer(positions: count)), title,
            [
                constant ? .constant("s", s, .symmetric(2)) : .column("s", s, .symmetric(2)),
                rowVectors ? .column("d", d, .symmetric(1)) : .constant("d", d, .symmetric(1)),
            ], Tolerance(relative: 1.001 * Tolerance.unit, reason: "one multiplication, rounded once"))
    }
}
