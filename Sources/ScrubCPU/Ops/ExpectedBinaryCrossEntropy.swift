internal import ScrubCore
internal import ScrubOps

struct ExpectedBinaryCrossEntropyRoutine: Routine {
    private let (positions, width): (Int, Int)

    init(_ inputs: [ValueType]) {
        (positions, width) = (inputs[0].shape.vectors, inputs[0].shape.width)
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let probabilities = frame.input(1).floats(row)
            var sum = 0.0
            for position in 0..<positions {
                let logit = binaryLogit(frame.input(0).floats(row) + position * width, width)
                let probability = Double(probabilities[position])
                sum += probability * softplus(-logit) + (1 - probability) * softplus(logit)
            }
            frame.floats[row] = Float(sum / Double(positions))
        }
    }
}
