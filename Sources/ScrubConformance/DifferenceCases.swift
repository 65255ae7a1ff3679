internal import ScrubCore
internal import ScrubOps

/// Cases of ``Difference``.
enum DifferenceCases {
    static let all = [
        make("scalars", .scalar),
        make("width 1", positions(2, .model, 1)),
        make("3 positions of 17", positions(3, .model, 17)),
        make("vectors of 65", [Axis(.model, 65)]),
        make("patterns of 9 by 33", positions(9, .source, 33)),
        make("the second the same for every row", positions(5, .head, 28), constant: true),
    ]

    private static func make(_ title: String, _ shape: Shape, constant: Bool = false) -> ConformanceCase {
        ConformanceCase(
            .difference(Difference()), title,
            [
                .column("a", shape, .symmetric(2)),
                constant ? .constant("b", shape, .symmetric(2)) : .column("b", shape, .symmetric(2)),
            ], Tolerance(relative: 1.001 * Tolerance.unit, reason: "one subtraction, rounded once"))
    }
}
