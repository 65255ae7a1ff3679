internal import CMicroKernels

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension VectorMath {
    /// So many logits are few: exponentials of theirs are doubles, one by one.
    static let fewLogits = 64

    /// The index `a` of the greatest of `count` logits (the first of equals), and `log1p(Σ_{j ≠ a} exp(l_j - l_a))`.
    ///
    /// Up to 64 logits each exponential is a double's. Beyond, they are floats' (each within 2 ulp, of a difference
    /// rounded to float), added in double precision in eight lanes by index. A NaN among the logits makes the logarithm
    /// NaN.
    func normaliser(_ logits: UnsafePointer<Float>, _ count: Int) -> (greatest: Int, logarithm: Double) {
        let a = rows.greatest(count, logits)
        var sum = 0.0
        if count <= Self.fewLogits {
            let greatest = Double(logits[a])
            for j in 0..<count where j != a { sum += exponential(Double(logits[j]) - greatest) }
        } else {
            let greatest = logits[a]
            sum =
                rows.exponentials(a, logits, greatest) + rows.exponentials(count - a - 1, logits + a + 1, greatest)
        }
        return (a, log1p(sum))
    }
}

/// C's, which the method of the same name hides.
private func exponential(_ x: Double) -> Double { exp(x) }
