internal import ScrubCore
internal import ScrubOps

struct CrossEntropyRoutine: Routine {
    private let (positions, width): (Int, Int)
    private let weighted: Bool
    private let math: VectorMath

    init(_ inputs: [ValueType], _ math: VectorMath) {
        self.math = math
        (positions, width) = (inputs[0].shape.vectors, inputs[0].shape.width)
        weighted = inputs.count == 3
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let labels = frame.input(1).integers(row)
            var sum = 0.0
            for position in 0..<positions {
                let weight = weighted ? Double(frame.input(2).floats(row)[position]) : 1
                // The label of a position that does not count may be anything.
                if weight == 0 { continue }
                let label = labels[position]
                guard label >= 0 && Int(label) < width else {
                    frame.failure.report(input: 1, row: frame.first + row, value: label, bound: width)
                    continue
                }
                let logits = frame.input(0).floats(row) + position * width
                let (greatest, rest) = math.normaliser(logits, width)
                sum += weight * ((Double(logits[greatest]) - Double(logits[Int(label)])) + rest)
            }
            frame.floats[row] = Float(weighted ? sum : sum / Double(positions))
        }
    }
}
