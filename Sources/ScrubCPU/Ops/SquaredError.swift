internal import ScrubCore
internal import ScrubOps

struct SquaredErrorRoutine: Routine {
    private let scale: Float
    private let count: Int

    init(_ op: SquaredError, _ inputs: [ValueType]) {
        scale = op.scale
        count = inputs[0].shape.count
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let error = squaredDistance(count, frame.input(0).floats(row), frame.input(1).floats(row))
            frame.floats[row] = Float(Double(scale) * error)
        }
    }
}

/// `Σ (x - y)²` in double precision, in ascending order.
@inline(__always)
func squaredDistance(_ count: Int, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>) -> Double {
    var sum = 0.0
    for i in 0..<count {
        let difference = Double(x[i]) - Double(y[i])
        sum += difference * difference
    }
    return sum
}
