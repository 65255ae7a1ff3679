internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps

struct LayerNormRoutine: Routine {
    private let epsilon: Float
    private let (vectors, width): (Int, Int)
    private let affine: Bool
    private let math: VectorMath

    init(_ op: LayerNorm, _ inputs: [ValueType], _ math: VectorMath) {
        self.math = math
        epsilon = op.epsilon
        (vectors, width) = (inputs[0].shape.vectors, inputs[0].shape.width)
        affine = inputs.count == 3
    }

    func run(_ frame: borrowing Frame) {
        let x = frame.input(0)
        let (w, b) = affine ? (frame.input(1).floats(0), frame.input(2).floats(0)) : (nil, nil)
        if x.stride == vectors * width, frame.reach == nil {
            math.rows.normalise(frame.rows * vectors, width, x.floats(0), w, b, epsilon, frame.floats)
        } else {
            for row in 0..<frame.rows {
                math.rows.normalise(
                    frame.positions(row, of: vectors), width, x.floats(row), w, b, epsilon,
                    frame.floats + row * vectors * width)
            }
        }
    }
}
