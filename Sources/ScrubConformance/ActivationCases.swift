internal import ScrubCore
internal import ScrubOps

/// Cases of ``Activation``.
enum ActivationCases {
    /// Every 0.37 from -8.88 to 8.88: the curved part and both tails.
    private static let grid = Fill.values((-24...24).map { Double($0) * 0.37 })
    private static let clipped = Tolerance.exact

    /// `x Φ(x)`: `erf` is near ±1, and its error of a unit or two there is multiplied by `x`, at most 9.
    private static let curved = Tolerance(
        absolute: 4 * 9 * Tolerance.unit, relative: 8 * Tolerance.unit, reason: "4 u max|x| for erf or tanh near ±1")

    static let all = [
        ConformanceCase(
            .activation(Activation(.relu)), "relu at the zeros",
            [
                .column("x", positions(1, .neuron, 8), .values([-0.0, 0, 1e-45, -1e-45, 1e-38, -1e-38, 2, -2]))
            ], Tolerance(absolute: Tolerance.smallest, reason: "a subnormal may be flushed to zero")),
        ConformanceCase(
            .activation(Activation(.relu)), "relu keeps NaN",
            [
                .column("x", positions(1, .neuron, 5), .values([.nan, -1, 1, .infinity, -.infinity, 3, .nan]))
            ], clipped),
        ConformanceCase(
            .activation(Activation(.relu)), "relu, 7 positions of 33",
            [
                .column("x", positions(7, .neuron, 33), .symmetric(1e4))
            ], clipped),
        ConformanceCase(
            .activation(Activation(.relu)), "relu of a scalar", [.column("x", .scalar, .symmetric(1))], clipped),
        ConformanceCase(
            .activation(Activation(.gelu)), "gelu, width 1", rows: 49, [.column("x", [Axis(.neuron, 1)], grid)],
            curved),
        ConformanceCase(
            .activation(Activation(.gelu)), "gelu, 3 positions of 17",
            [
                .column("x", positions(3, .neuron, 17), .symmetric(3))
            ], curved),
        ConformanceCase(.activation(Activation(.gelu)), "gelu far out", [.column("x", [Axis(.neuron, 6)], far)], flat),
        ConformanceCase(
            .activation(Activation(.geluTanh)), "geluTanh, width 1", rows: 49, [.column("x", [Axis(.neuron, 1)], grid)],
            curved),
        ConformanceCase(
            .activation(Activation(.geluTanh)), "geluTanh, 3 positions of 65",
            [
                .column("x", positions(3, .neuron, 65), .symmetric(3))
            ], curved),
        ConformanceCase(
            .activation(Activation(.geluTanh)), "geluTanh far out", [.column("x", [Axis(.neuron, 6)], far)], flat),
    ]

    /// The cube of the last two leaves float32's range.
    private static let far = Fill.values([100, -100, 1e4, -1e4, 1e13, -1e13])
    private static let flat = Tolerance(
        absolute: 1e-30, relative: 2 * Tolerance.unit, reason: "both tails are flat: x to a rounding, or 0")
}
