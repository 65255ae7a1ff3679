internal import ScrubCore
internal import ScrubOps

struct AbsoluteErrorRoutine: Routine {
    private let scale: Float
    private let count: Int

    init(_ op: AbsoluteError, _ inputs: [ValueType]) {
        scale = op.scale
        count = inputs[0].shape.count
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let (x, target) = (frame.input(0).floats(row), frame.input(1).floats(row))
            var sum = 0.0
            for i in 0..<count { sum += abs(Double(x[i]) - Double(target[i])) }
            frame.floats[row] = Float(Double(scale) * sum)
        }
    }
}
