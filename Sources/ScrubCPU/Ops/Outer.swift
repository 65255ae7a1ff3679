internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps

struct OuterRoutine: Routine {
    private let (positions, width): (Int, Int)
    /// Whether every position has the same number.
    private let isScalar: Bool
    private let math: VectorMath

    init(_ op: Outer, _ inputs: [ValueType], _ math: VectorMath) {
        self.math = math
        (positions, width) = (op.positions, inputs[1].shape.count)
        isScalar = inputs[0].shape == .scalar
    }

    func run(_ frame: borrowing Frame) {
        var y = frame.floats
        for row in 0..<frame.rows {
            let (s, d) = (frame.input(0).floats(row), frame.input(1).floats(row))
            for position in 0..<positions {
                let factor = s[isScalar ? 0 : position]
                math.rows.scale(width, d, factor, y)
                y += width
            }
        }
    }
}
