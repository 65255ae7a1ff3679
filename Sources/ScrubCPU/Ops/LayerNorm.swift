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
            let x = frame.input(0).floats(row)
            let y = frame.floats + row * vectors * width
            for start in stride(from: 0, to: vectors * width, by: max(1, width)) {
                if affine {
                    normalise(x + start, frame.input(1).floats(0), frame.input(2).floats(0), into: y + start)
                } else {
                    normalise(x + start, into: y + start)
                }
            }
        }
    }

    /// The mean and what an element is multiplied by: two passes, each a sum in eight lanes.
    @inline(__always)
    private func moments(_ x: UnsafePointer<Float>) -> (mean: Float, scale: Float) {
        let mean = sum(width, x) { $0 } / Float(width)
        let variance = sum(width, x) { ($0 - mean) * ($0 - mean) } / Float(width)
        return (mean, 1 / (variance + epsilon).squareRoot())
    }

    private func normalise(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>) {
        let (mean, scale) = moments(x)
        map(width, x, into: y) { ($0 - mean) * scale }
    }

    private func normalise(
        _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>
    ) {
        let (mean, scale) = moments(x)
        var i = 0
        while i &+ 8 <= width {
            y.store((x.vector(at: i) - mean) * scale * w.vector(at: i) + b.vector(at: i), at: i)
            i &+= 8
        }
        while i < width {
            y[i] = (x[i] - mean) * scale * w[i] + b[i]
            i &+= 1
        }
    }
}
