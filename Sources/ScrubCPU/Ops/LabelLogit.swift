internal import ScrubCore
internal import ScrubOps

struct LabelLogitRoutine: Routine {
    private let op: LabelLogit
    private let (positions, inner, columns): (Int, Int, Int)
    private let weighted: Bool

    init(_ op: LabelLogit, _ inputs: [ValueType]) {
        self.op = op
        (positions, inner) = (inputs[0].shape.vectors, inputs[0].shape.width)
        columns = inputs[1].shape.width
        weighted = inputs.count > op.weights
    }

    func run(_ frame: borrowing Frame) {
        let w = frame.input(1).floats(0)
        let b = op.biased ? frame.input(3).floats(0) : nil
        for row in 0..<frame.rows {
            let (x, labels) = (frame.input(0).floats(row), frame.input(2).integers(row))
            var sum = 0.0
            for position in 0..<positions {
                let weight = weighted ? Double(frame.input(op.weights).floats(row)[position]) : 1
                // The label of a position that does not count may be anything.
                if weight == 0 { continue }
                let label = labels[position]
                guard label >= 0 && Int(label) < columns else {
                    frame.failure.report(input: 2, row: frame.first + row, value: label, bound: columns)
                    continue
                }
                // As the product's kernels sum it.
                var logit = b?[Int(label)] ?? 0
                for d in 0..<inner { logit.addProduct(x[position * inner + d], w[d * columns + Int(label)]) }
                sum += weight * Double(logit)
            }
            frame.floats[row] = Float(weighted ? sum : sum / Double(positions))
        }
    }
}
