internal import ScrubCore
internal import ScrubOps

/// Cases of ``Linear``.
enum LinearCases {
    static let all = [
        make("1 into 1", positions(1, .model, 1), 1),
        make("1 into 33 with bias", positions(3, .model, 1), 33, bias: true),
        make("3 into 5, one position", positions(1, .model, 3), 5),
        make("17 into 33 with bias", positions(7, .model, 17), 33, bias: true),
        make("28 into 56", positions(5, .model, 28), 56),
        make("56 into 28 with bias, 42 positions", rows: 3, positions(42, .model, 56), 28, bias: true),
        make("65 into 1 with bias", positions(3, .model, 65), 1, bias: true),
        make("vectors, 33 into 17", rows: 9, [Axis(.model, 33)], 17, bias: true),
        make("130 positions, 16 into 16", rows: 2, positions(130, .model, 16), 16),
        make("1030 into 5", rows: 3, positions(2, .model, 1030), 5, bias: true),
        make("5 into 515", rows: 3, positions(2, .model, 5), 515, bias: true),
        make("many rows, 64 into 64", rows: 70, positions(1, .model, 64), 64, bias: true, samples: 120),
        make("67 into 45 with bias, 21 positions", rows: 5, positions(21, .model, 67), 45, bias: true, samples: 60),
        make("100 into 132 with bias, 21 positions", rows: 4, positions(21, .model, 100), 132, bias: true, samples: 60),
        make("zeros with bias", positions(2, .model, 9), 7, bias: true, x: .values([0])),
        make(
            "terms of 10000 and of 0.0001", positions(2, .model, 4), 3, x: .values([1e4, 1e-4, -1e4, 1e-4]),
            largest: 1e4),
        make(
            "a NaN stays in its row", rows: 7, positions(1, .model, 3), 6, bias: true,
            x: .values([1, 2, 3, 4, .nan, 6, 7, 8, 9, 10, 11]), largest: 11),
    ]

    /// W is uniform in ±1, and x in ±1 unless said.
    private static func make(
        _ title: String, rows: Int = 4, _ x: Shape, _ width: Int, bias: Bool = false, x fill: Fill = .symmetric(1),
        largest: Double = 1, samples: Int = 200
    ) -> ConformanceCase {
        var operands: [Operand] = [
            .column("x", x, fill), .constant("W", [Axis(.model, x.width), Axis(.head, width)], .symmetric(1)),
        ]
        if bias { operands.append(.constant("b", [Axis(.head, width)], .symmetric(1))) }
        return ConformanceCase(
            .linear(Linear()), title, rows: rows, operands, .product(terms: x.width + (bias ? 1 : 0), largest: largest),
            samples: samples)
    }
}
