internal import ScrubCore
internal import ScrubOps

/// Cases of ``LayerNorm``.
enum LayerNormCases {
    /// Rows uniform in ±2 have a deviation above 0.3 from width 3 on, and above 0.8 from width 28 on.
    static let all = [
        make("width 1", [Axis(.model, 1)], magnitude: 0, deviation: 0.003),
        make("width 2", positions(3, .model, 2), deviation: 0.003),
        make("width 3, one position", positions(1, .model, 3), deviation: 0.3),
        make("width 17, one row a vector", [Axis(.model, 17)], deviation: 0.3),
        make("width 28, no weights", positions(5, .model, 28), deviation: 0.8, weighted: false),
        make("width 33, 9 positions", positions(9, .model, 33), deviation: 0.8),
        make("width 56, 7 positions", positions(7, .model, 56), deviation: 0.8),
        make("width 65, 3 positions, no weights", positions(3, .model, 65), deviation: 0.8, weighted: false),
        make("width 300", positions(2, .model, 300), deviation: 0.8),
        make("a constant row", positions(2, .model, 17), .values([3]), magnitude: 3, deviation: 0.003),
        make(
            "a constant row, no weights", positions(2, .model, 64), .values([0.1]), magnitude: 0.1, deviation: 0.003,
            weighted: false),
        make(
            "a nearly constant row", positions(2, .model, 28), .uniform(low: 0.999, high: 1.001), magnitude: 1.001,
            deviation: 0.003),
        make("a row of zeros", positions(1, .model, 5), .values([0]), magnitude: 0, deviation: 0.003),
        make(
            "rows of ±10000 away from zero", positions(2, .model, 33), .uniform(low: 8e3, high: 1e4), magnitude: 1e4,
            deviation: 300),
        make("values far below epsilon", positions(2, .model, 17), .symmetric(1e-6), magnitude: 1e-6, deviation: 0.003),
        make("a great epsilon", positions(2, .model, 17), deviation: 0.3, epsilon: 0.5),
    ]

    private static func make(
        _ title: String, _ shape: Shape, _ x: Fill = .symmetric(2), magnitude: Double = 2, deviation: Double,
        weighted: Bool = true, epsilon: Float = 1e-5
    ) -> ConformanceCase {
        let width = Shape([Axis(.model, shape.width)])
        let weights: [Operand] = [
            .constant("w", width, .uniform(low: 0.5, high: 1.5)), .constant("b", width, .symmetric(1)),
        ]
        return ConformanceCase(
            .layerNorm(LayerNorm(epsilon: epsilon)), title, [.column("x", shape, x)] + (weighted ? weights : []),
            .normalised(width: shape.width, magnitude: magnitude, deviation: deviation, weight: 1.5))
    }
}
