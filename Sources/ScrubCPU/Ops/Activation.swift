internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps

struct ActivationRoutine: Routine {
    private let function: Activation.Function
    private let (vectors, width): (Int, Int)
    private let math: VectorMath

    init(_ op: Activation, _ inputs: [ValueType], _ math: VectorMath) {
        self.math = math
        function = op.function
        (vectors, width) = (inputs[0].shape.vectors, inputs[0].shape.width)
    }

    func run(_ frame: borrowing Frame) {
        let f =
            switch function {
            case .relu: math.rows.relu
            case .gelu: math.rows.gelu
            case .geluTanh: math.rows.gelu_tanh
            }
        let (x, count) = (frame.input(0), vectors * width)
        if x.stride == count, frame.reach == nil {
            f(frame.rows * count, x.floats(0), frame.floats)
        } else {
            for row in 0..<frame.rows {
                f(frame.positions(row, of: vectors) * width, x.floats(row), frame.floats + row * count)
            }
        }
    }
}
