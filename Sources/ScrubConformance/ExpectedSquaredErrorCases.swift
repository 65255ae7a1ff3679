internal import ScrubCore
internal import ScrubOps

/// Cases of ``ExpectedSquaredError``.
enum ExpectedSquaredErrorCases {
    static let all = [
        make("scalars", .scalar, scale: 1),
        make("width 1", positions(1, .logit, 1), scale: 2),
        make("mean over 3 positions of 17", positions(3, .logit, 17), scale: 1 / 51),
        make("sum over 28 positions of 33", positions(28, .logit, 33), scale: 1),
        make(
            "no variance and no error", positions(2, .logit, 5), scale: 1, x: .values([3]), mean: .values([3]),
            variance: .values([0])),
        make("a variance alone", [Axis(.logit, 3)], scale: 0.5, x: .values([-2]), mean: .values([-2])),
        make(
            "errors of 1e-9", [Axis(.logit, 5)], scale: 1, x: .symmetric(1e-5), mean: .symmetric(1e-5),
            variance: .values([1e-12])),
        make("targets of each row", positions(2, .logit, 7), scale: 1 / 14, constant: false),
    ]

    private static func make(
        _ title: String, _ shape: Shape, scale: Float, x: Fill = .symmetric(3), mean: Fill = .symmetric(3),
        variance: Fill = .uniform(low: 0, high: 4), constant: Bool = true
    ) -> ConformanceCase {
        ConformanceCase(
            .expectedSquaredError(ExpectedSquaredError(scale: scale)), title,
            [
                .column("x", shape, x),
                constant ? .constant("mean", shape, mean) : .column("mean", shape, mean),
                constant ? .constant("variance", .scalar, variance) : .column("variance", .scalar, variance),
            ], .positive(terms: shape.count + 1))
    }
}
