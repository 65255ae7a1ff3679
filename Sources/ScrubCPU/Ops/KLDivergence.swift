internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

struct KLDivergenceRoutine: Routine {
    private let classes: Classes
    private let math: VectorMath
    var scratch: Int { 2 * classes.scratch }

    init(_ inputs: [ValueType], _ math: VectorMath) {
        classes = Classes(inputs[0])
        self.math = math
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            var sum = 0.0
            for position in 0..<classes.positions {
                let p = classes.logits(frame.input(0).floats(row), at: position, frame.scratch)
                let q = classes.logits(frame.input(1).floats(row), at: position, frame.scratch + classes.scratch)
                sum += divergence(p, q, classes.count, math)
            }
            frame.floats[row] = Float(sum / Double(classes.positions))
        }
    }
}

/// `Σ_j P_j (exp(d_j) - 1 - d_j)`, `d_j = log Q_j - log P_j`.
///
/// Up to 64 classes in double precision, in ascending order. Beyond, each term is a float's, of logarithms that are
/// doubles rounded to float; none is negative. They are added in double precision in eight lanes by index.
private func divergence(_ p: UnsafePointer<Float>, _ q: UnsafePointer<Float>, _ count: Int, _ math: VectorMath)
    -> Double
{
    if count == 0 { return 0 }
    let (a, restP) = math.normaliser(p, count)
    let (b, restQ) = math.normaliser(q, count)
    let (greatestP, greatestQ) = (Double(p[a]), Double(q[b]))
    if count > VectorMath.fewLogits { return math.rows.divergence(count, p, q, greatestP + restP, greatestQ + restQ) }
    let shift = (greatestQ - greatestP) + (restQ - restP)
    var sum = 0.0
    for j in 0..<count {
        let d = (Double(q[j]) - Double(p[j])) - shift
        let mass = exp((Double(p[j]) - greatestP) - restP)
        // Beyond 1 the exponential may overflow where P_j underflows: P_j exp(d_j) is Q_j.
        sum += d > 1 ? exp((Double(q[j]) - greatestQ) - restQ) - mass * (1 + d) : mass * (expm1(d) - d)
    }
    return sum
}
