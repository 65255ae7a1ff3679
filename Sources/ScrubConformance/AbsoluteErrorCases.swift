internal import ScrubCore
internal import ScrubOps

/// Cases of ``AbsoluteError``.
enum AbsoluteErrorCases {
    static let all = [
        make("scalars", .scalar, scale: 1),
        make("width 1", positions(1, .logit, 1), scale: 2),
        make("mean over 3 positions of 17", positions(3, .logit, 17), scale: 1 / 51),
        make("sum over 28 positions of 33", positions(28, .logit, 33), scale: 1),
        make("no error", positions(2, .logit, 5), scale: 1, .values([3]), .values([3])),
        make("targets that are greater", [Axis(.logit, 5)], scale: 1, .uniform(low: 0, high: 1), .values([2])),
        make("errors of 10000", [Axis(.logit, 65)], scale: 1 / 65, .symmetric(1e4), .symmetric(1e4)),
        make("targets the same for every row", positions(2, .logit, 7), scale: 1, constant: true),
    ]

    private static func make(
        _ title: String, _ shape: Shape, scale: Float, _ x: Fill = .symmetric(3), _ target: Fill = .symmetric(3),
        constant: Bool = false
    ) -> ConformanceCase {
        ConformanceCase(
            .absoluteError(AbsoluteError(scale: scale)), title,
            [
                .column("x", shape, x),
                constant ? .constant("target", shape, target) : .column("target", shape, target),
            ], .positive(terms: shape.count))
    }
}
