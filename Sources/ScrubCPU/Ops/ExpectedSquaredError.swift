internal import ScrubCore
internal import ScrubOps

struct ExpectedSquaredErrorRoutine: Routine {
    private let scale: Float
    private let count: Int

    init(_ op: ExpectedSquaredError, _ inputs: [ValueType]) {
        scale = op.scale
        count = inputs[0].shape.count
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let distance = squaredDistance(count, frame.input(0).floats(row), frame.input(1).floats(row))
            frame.floats[row] = Float(Double(scale) * (distance + Double(frame.input(2).floats(row)[0])))
        }
    }
}
