internal import ScrubCore
internal import ScrubOps

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

struct CrossEntropyRoutine: Routine {
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
                let label = labels[position]
                guard label >= 0 && Int(label) < width else {
                    frame.failure.report(input: 1, row: frame.first + row, value: label, bound: width)
                    continue
                }
                let logits = frame.input(0).floats(row) + position * width
                let (greatest, rest) = normaliser(logits, width)
                sum += weight * ((Double(logits[greatest]) - Double(logits[Int(label)])) + rest)
            }
            frame.floats[row] = Float(weighted ? sum : sum / Double(positions))
        }
    }
}

/// The index `a` of the greatest of `count` logits (the first of equals), and `log1p(Σ_{j ≠ a} exp(l_j - l_a))`.
///
/// Up to 64 logits each exponential is a double's. Beyond, they are floats' (each within 2 ulp, of a difference rounded
/// to float), added in double precision in eight lanes by index. A NaN among the logits makes the logarithm NaN.
func normaliser(_ logits: UnsafePointer<Float>, _ count: Int) -> (greatest: Int, logarithm: Double) {
    let a = firstGreatest(logits, count)
    var sum = 0.0
    if count <= 64 {
        let greatest = Double(logits[a])
        for j in 0..<count where j != a { sum += exp(Double(logits[j]) - greatest) }
    } else {
        let greatest = logits[a]
        sum = exponentials(logits, a, greatest) + exponentials(logits + a + 1, count - a - 1, greatest)
    }
    return (a, log1p(sum))
}

/// `Σ exp(l_j - m)` over `count` logits.
private func exponentials(_ logits: UnsafePointer<Float>, _ count: Int, _ m: Float) -> Double {
    var lanes = SIMD8<Double>.zero
    var i = 0
    while i < count {
        let x = i &+ 8 <= count ? logits.vector(at: i) : logits.vector(at: i, count: count - i, filler: -.infinity)
        lanes += SIMD8<Double>(VectorMath.exp(x - m))
        i &+= 8
    }
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
}

/// Index of the first of the greatest; 0 where there is none, since all are NaN.
private func firstGreatest(_ x: UnsafePointer<Float>, _ count: Int) -> Int {
    var greatest = Vector(repeating: -.infinity)
    var i = 0
    while i &+ 8 <= count {
        greatest = VectorMath.greater(greatest, x.vector(at: i))
        i &+= 8
    }
    var most = VectorMath.greatest(greatest)
    while i < count {
        if x[i] > most { most = x[i] }
        i &+= 1
    }
    for j in 0..<count where x[j] == most { return j }
    return 0
}
