internal import ScrubCore
internal import ScrubOps

struct ActivationRoutine: Routine {
    private let function: Activation.Function
    private let count: Int

    init(_ op: Activation, _ inputs: [ValueType]) {
        function = op.function
        count = inputs[0].shape.count
    }

    func run(_ frame: borrowing Frame) {
        switch function {
        case .relu: apply(frame, VectorMath.relu)
        case .gelu: apply(frame) { x in 0.5 * x * (1 + VectorMath.erf(x * 0.707_106_781)) }
        case .geluTanh:
            apply(frame) { x in 0.5 * x * (1 + VectorMath.tanh(0.797_884_561 * (x + 0.044_715 * (x * x * x)))) }
        }
    }

    @inline(__always)
    private func apply(_ frame: borrowing Frame, _ f: (Vector) -> Vector) {
        let x = frame.input(0)
        if x.stride == count {
            map(frame.rows * count, x.floats(0), into: frame.floats, f)
        } else {
            for row in 0..<frame.rows { map(count, x.floats(row), into: frame.floats + row * count, f) }
        }
    }
}
