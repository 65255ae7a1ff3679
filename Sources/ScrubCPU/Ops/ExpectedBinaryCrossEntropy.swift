internal import ScrubCore
internal import ScrubOps

struct ExpectedBinaryCrossEntropyRoutine: Routine {
    private let (positions, width): (Int, Int)
    /// Whether each label has a weight of its own.
    private let weighted: Bool

    init(_ inputs: [ValueType]) {
        (positions, width) = (inputs[0].shape.vectors, inputs[0].shape.width)
        weighted = inputs[1].shape.axes.count == 2
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let probabilities = frame.input(1).floats(row)
            var sum = 0.0
            for position in 0..<positions {
                let logit = binaryLogit(frame.input(0).floats(row) + position * width, width)
                let one = Double(probabilities[weighted ? 2 * position + 1 : position])
                let zero = weighted ? Double(probabilities[2 * position]) : 1 - one
                sum += one * softplus(-logit) + zero * softplus(logit)
            }
            frame.floats[row] = Float(weighted ? sum : sum / Double(positions))
        }
    }
}
