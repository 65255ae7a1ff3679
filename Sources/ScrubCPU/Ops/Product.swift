internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps

struct ProductRoutine: Routine {
    private let (vectors, width): (Int, Int)
    private let math: VectorMath

    init(_ output: ValueType, _ math: VectorMath) {
        (vectors, width) = (output.shape.vectors, output.shape.width)
        self.math = math
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            math.rows.multiply(
                frame.positions(row, of: vectors) * width, frame.input(0).floats(row), frame.input(1).floats(row),
                frame.floats + row * vectors * width)
        }
    }
}
