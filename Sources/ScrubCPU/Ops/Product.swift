internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps

struct ProductRoutine: Routine {
    private let count: Int
    private let math: VectorMath

    init(_ output: ValueType, _ math: VectorMath) {
        count = output.shape.count
        self.math = math
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            math.rows.multiply(
                count, frame.input(0).floats(row), frame.input(1).floats(row), frame.floats + row * count)
        }
    }
}
