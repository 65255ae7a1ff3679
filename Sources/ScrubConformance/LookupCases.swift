internal import ScrubCore
internal import ScrubOps

/// Cases of ``Lookup``.
enum LookupCases {
    static let all = [
        make("one class, a scalar", classes: 1, []),
        make("scalars of 7 classes", classes: 7, []),
        make("vectors of 17", classes: 5, [Axis(.model, 17)]),
        make("3 positions of 28", classes: 4, [Axis(.position, 3), Axis(.model, 28)]),
        make("the first and the last of 300 classes", classes: 300, [Axis(.head, 3)], .values([0, 299])),
        make("vectors of 300", classes: 2, [Axis(.model, 300)]),
    ]

    private static func make(_ title: String, classes: Int, _ entry: [Axis], _ index: Fill? = nil) -> ConformanceCase {
        ConformanceCase(
            .lookup(Lookup()), title, rows: 6,
            [
                .integers("index", .scalar, index ?? .integers(low: 0, high: classes)),
                .constant("table", Shape([Axis(.group, classes)] + entry), .symmetric(1)),
            ], .exact)
    }
}
