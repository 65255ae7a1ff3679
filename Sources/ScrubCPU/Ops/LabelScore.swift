internal import ScrubCore
internal import ScrubOps

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

struct LabelScoreRoutine: Routine {
    private let kind: LabelScore.Kind
    private let classes: Classes
    private let weighted: Bool
    private let math: VectorMath
    var scratch: Int { classes.scratch }

    init(_ op: LabelScore, _ inputs: [ValueType], _ math: VectorMath) {
        self.math = math
        kind = op.kind
        classes = Classes(inputs[0])
        weighted = inputs.count == 3
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let labels = frame.input(1).integers(row)
            var sum = 0.0
            for position in 0..<classes.positions {
                let weight = weighted ? Double(frame.input(2).floats(row)[position]) : 1
                // The label of a position that does not count may be anything.
                if weight == 0 { continue }
                let label = labels[position]
                guard label >= 0 && Int(label) < classes.count else {
                    frame.failure.report(input: 1, row: frame.first + row, value: label, bound: classes.count)
                    continue
                }
                let logits = classes.logits(frame.input(0).floats(row), at: position, frame.scratch)
                sum += weight * score(logits, Int(label))
            }
            frame.floats[row] = Float(weighted ? sum : sum / Double(classes.positions))
        }
    }

    private func score(_ logits: UnsafePointer<Float>, _ label: Int) -> Double {
        switch kind {
        case .logit: Double(logits[label])
        case .margin: margin(logits, classes.count, label)
        case .probability: probability(logits, classes.count, label, math)
        case .correct: winner(logits, classes.count).map { $0 == label ? 1 : 0 } ?? .nan
        }
    }
}

/// The label's logit less the mean of the others', in double precision, in ascending order.
func margin(_ logits: UnsafePointer<Float>, _ count: Int, _ label: Int) -> Double {
    let own = Double(logits[label])
    var sum = 0.0
    for j in 0..<count { sum += own - Double(logits[j]) }
    return sum / Double(count - 1)
}

/// `softmax(l)_y`, from its logarithm.
func probability(_ logits: UnsafePointer<Float>, _ count: Int, _ label: Int, _ math: VectorMath) -> Double {
    let (greatest, rest) = math.normaliser(logits, count)
    return exp((Double(logits[label]) - Double(logits[greatest])) - rest)
}

/// The first of the greatest logits; nil where one is NaN.
func winner(_ logits: UnsafePointer<Float>, _ count: Int) -> Int? {
    var place = 0
    for j in 0..<count {
        if logits[j].isNaN { return nil }
        if logits[j] > logits[place] { place = j }
    }
    return place
}
