internal import ScrubCore
internal import ScrubOps

struct ExpectedCrossEntropyRoutine: Routine {
    private let (positions, width): (Int, Int)
    private let math: VectorMath

    init(_ inputs: [ValueType], _ math: VectorMath) {
        self.math = math
        (positions, width) = (inputs[0].shape.vectors, inputs[0].shape.width)
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            var sum = 0.0
            for position in 0..<positions {
                let logits = frame.input(0).floats(row) + position * width
                let probabilities = frame.input(1).floats(row) + position * width
                if width == 0 { continue }
                let (greatest, logarithm) = math.normaliser(logits, width)
                let most = Double(logits[greatest])
                for y in 0..<width where probabilities[y] != 0 {
                    sum += Double(probabilities[y]) * ((most - Double(logits[y])) + logarithm)
                }
            }
            frame.floats[row] = Float(sum)
        }
    }
}
