internal import ScrubCore
internal import ScrubOps

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

struct ExpectedLabelScoreRoutine: Routine {
    private let kind: LabelScore.Kind
    private let classes: Classes
    private let math: VectorMath
    var scratch: Int { classes.scratch }

    init(_ op: ExpectedLabelScore, _ inputs: [ValueType], _ math: VectorMath) {
        self.math = math
        kind = op.kind
        classes = Classes(inputs[0])
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let probabilities = frame.input(1).floats(row)
            var sum = 0.0
            for position in 0..<classes.positions {
                let logits = classes.logits(frame.input(0).floats(row), at: position, frame.scratch)
                sum += expectation(logits, probabilities + position * classes.count)
            }
            frame.floats[row] = Float(sum)
        }
    }

    private func expectation(_ logits: UnsafePointer<Float>, _ probabilities: UnsafePointer<Float>) -> Double {
        let count = classes.count
        if count == 0 { return 0 }
        var sum = 0.0
        switch kind {
        case .logit:
            for y in 0..<count where probabilities[y] != 0 { sum += Double(probabilities[y]) * Double(logits[y]) }
        case .margin:
            // Σ_j (l_y - l_j) / (C - 1) for every y, from the differences to the first logit.
            let first = Double(logits[0])
            var all = 0.0
            for j in 0..<count { all += Double(logits[j]) - first }
            for y in 0..<count {
                sum += Double(probabilities[y]) * (Double(count) * (Double(logits[y]) - first) - all)
            }
            sum /= Double(count - 1)
        case .probability:
            let (greatest, rest) = math.normaliser(logits, count)
            let most = Double(logits[greatest])
            for y in 0..<count where probabilities[y] != 0 {
                sum += Double(probabilities[y]) * exp((Double(logits[y]) - most) - rest)
            }
        case .correct: return winner(logits, count).map { Double(probabilities[$0]) } ?? .nan
        }
        return sum
    }
}
