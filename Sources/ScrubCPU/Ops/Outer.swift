internal import ScrubCore
internal import ScrubOps

struct OuterRoutine: Routine {
    private let (positions, width): (Int, Int)
    /// Whether every position has the same number.
    private let isScalar: Bool

    init(_ op: Outer, _ inputs: [ValueType]) {
        (positions, width) = (op.positions, inputs[1].shape.count)
        isScalar = inputs[0].shape == .scalar
    }

    func run(_ frame: borrowing Frame) {
        var y = frame.floats
        for row in 0..<frame.rows {
            let (s, d) = (frame.input(0).floats(row), frame.input(1).floats(row))
            for position in 0..<positions {
                let factor = s[isScalar ? 0 : position]
                map(width, d, into: y) { $0 * factor }
                y += width
            }
        }
    }
}
