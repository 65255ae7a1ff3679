internal import ScrubCore
internal import ScrubOps

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

struct BinaryCrossEntropyRoutine: Routine {
    private let (positions, width): (Int, Int)
    private let weighted: Bool

    init(_ inputs: [ValueType]) {
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
                let logit = binaryLogit(frame.input(0).floats(row) + position * width, width)
                switch labels[position] {
                case 1: sum += weight * softplus(-logit)
                case 0: sum += weight * softplus(logit)
                case let label: frame.failure.report(input: 1, row: frame.first + row, value: label, bound: 2)
                }
            }
            frame.floats[row] = Float(weighted ? sum : sum / Double(positions))
        }
    }
}

/// `logit[1] - logit[0]`, or the logit itself where there is only one.
@inline(__always)
func binaryLogit(_ logits: UnsafePointer<Float>, _ width: Int) -> Double {
    switch width {
    case 2: Double(logits[1]) - Double(logits[0])
    case 1: Double(logits[0])
    default: .nan
    }
}

/// `log(1 + e^x)` without overflow or cancellation, in double precision.
@inline(__always)
func softplus(_ x: Double) -> Double {
    (x < 0 ? 0 : x) + log1p(exp(-abs(x)))
}
