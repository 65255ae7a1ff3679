internal import Glibc

/// Student's distribution of t.
package enum StudentDistribution {
    /// The 0.975 quantile with `freedom` degrees of freedom, at least 1, to five digits.
    ///
    /// G. W. Hill, "Algorithm 396: Student's t-quantiles", Communications of the ACM 13:619, 1970;
    /// <https://doi.org/10.1145/355598.355600>. One and two degrees have closed forms.
    package static func quantile(freedom: Int) -> Double {
        let (n, p) = (Double(freedom), 0.05)
        if freedom <= 1 { return cos(p * Double.pi / 2) / sin(p * Double.pi / 2) }
        if freedom == 2 { return (2 / (p * (2 - p)) - 2).squareRoot() }
        let a = 1 / (n - 0.5)
        let b = 48 / (a * a)
        var c = ((20700 * a / b - 98) * a - 16) * a + 96.36
        let d = ((94.5 / (b + c) - 3) / b + 1) * (a * Double.pi / 2).squareRoot() * n
        var x = d * p
        var y = pow(x, 2 / n)
        if y > 0.05 + a {
            x = -Estimate.quantile
            y = x * x
            if n < 5 { c += 0.3 * (n - 4.5) * (x + 0.6) }
            c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b
            y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
            y = expm1(a * y * y)
        } else {
            y =
                ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1) * (n + 1)
                / (n + 2) + 1 / y
        }
        return (n * y).squareRoot()
    }
}
