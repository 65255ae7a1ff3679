internal import ScrubCore
internal import ScrubOps

struct LayerNormRoutine: Routine {
    private let epsilon: Float
    private let (vectors, width): (Int, Int)
    private let affine: Bool

    init(_ op: LayerNorm, _ inputs: [ValueType]) {
        epsilon = op.epsilon
        (vectors, width) = (inputs[0].shape.vectors, inputs[0].shape.width)
        affine = inputs.count == 3
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            for vector in 0..<vectors {
                let x = frame.input(0).floats(row) + vector * width
                let y = frame.floats + (row * vectors + vector) * width
                let mean = sum(width, x) { $0 } / Float(width)
                let variance = sum(width, x) { ($0 - mean) * ($0 - mean) } / Float(width)
                let scale = 1 / (variance + epsilon).squareRoot()
                map(width, x, into: y) { ($0 - mean) * scale }
                if affine {
                    map(width, UnsafePointer(y), frame.input(1).floats(0), into: y) { $0 * $1 }
                    map(width, UnsafePointer(y), frame.input(2).floats(0), into: y) { $0 + $1 }
                }
            }
        }
    }
}
