internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps

struct ActivationRoutine: Routine {
    private let function: Activation.Function
    private let count: Int
    private let math: VectorMath

    init(_ op: Activation, _ inputs: [ValueType], _ math: VectorMath) {
        self.math = math
        function = op.function
        count = inputs[0].shape.count
    }

    func run(_ frame: borrowing Frame) {
        let f =
            switch function {
            case .relu: math.rows.relu
            case .gelu: math.rows.gelu
            case .geluTanh: math.rows.gelu_tanh
            }
        let x = frame.input(0)
        if x.stride == count {
            f(frame.rows * count, x.floats(0), frame.floats)
        } else {
            for row in 0..<frame.rows { f(count, x.floats(row), frame.floats + row * count) }
        }
    }
}
