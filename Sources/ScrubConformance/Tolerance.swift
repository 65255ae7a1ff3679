/// How far a result may lie from the expected value: `|found - expected| ≤ absolute + relative · |expected|`.
///
/// The bounds assume float32 arithmetic that rounds to nearest, in any order of summation, and functions good to a few
/// units in the last place, as the OpenCL specification asks of its full profile (version 1.2, section 7.4). Naive
/// forms that cancel exceed them.
public struct Tolerance: Hashable, Sendable {
    public var absolute: Double
    public var relative: Double
    /// Where the two numbers come from.
    public var reason: String

    public init(absolute: Double = 0, relative: Double = 0, reason: String) {
        self.absolute = absolute
        self.relative = relative
        self.reason = reason
    }

    /// The unit roundoff of float32, 2⁻²⁴.
    public static let unit = 0x1p-24
    /// Below this a float32 is subnormal, and a device may flush it to zero.
    public static let smallest = 0x1p-126

    /// The expected value rounded to float32, and nothing else.
    public static let exact = Tolerance(reason: "values are only moved, compared or clipped: no rounding")

    /// The distance from `expected`, in units of what is allowed: at most 1 is within.
    ///
    /// A value that equals the expected one rounded to float32 is at distance 0; NaN is at distance 0 of NaN only.
    public func error(of found: Double, from expected: Double) -> Double {
        if found == expected || found == Double(Float(expected)) || (found.isNaN && expected.isNaN) { return 0 }
        let (distance, allowed) = (abs(found - expected), absolute + relative * abs(expected))
        return distance.isFinite && allowed > 0 ? distance / allowed : .infinity
    }
}

extension Tolerance {
    /// A product over `terms` terms, each at most `largest`. Partial sums of terms with random signs grow as the root
    /// of their number, and their rounding errors add as the root: `terms · u · largest` up to a factor taken as 2.
    package static func product(terms: Int, largest: Double) -> Tolerance {
        Tolerance(absolute: 2 * Double(terms) * unit * largest, reason: "2 k u max|a b| for k = \(terms) terms")
    }

    /// A sum of `terms` values, each at most `largest`: every addition rounds at most `terms · largest`.
    static func sum(terms: Int, largest: Double) -> Tolerance {
        let bound = Double(terms * max(1, terms - 1)) * unit * largest
        return Tolerance(absolute: bound, reason: "k (k - 1) u max|x| for k = \(terms) terms")
    }

    /// A sum of `terms` losses or squares, none negative, so that rounding stays relative: `u` for each function and
    /// about `2 √n u` for the sum. `difference` is the greatest difference of logits that still matters: its own
    /// rounding is an exponent's error.
    static func positive(terms: Int, difference: Double = 0) -> Tolerance {
        let factor = 10 + 2 * Double(terms).squareRoot() + min(difference, 88)
        return Tolerance(
            absolute: smallest * Double(terms), relative: factor * unit,
            reason: "(10 + 2 √n + max Δ) u for n = \(terms) terms of one sign; subnormals may be flushed")
    }

    /// A weighted mean of logits over `terms` of them, each at most `largest`, whose weights add up to at most `weight`.
    static func mean(terms: Int, largest: Double, weight: Double = 1) -> Tolerance {
        let factor = 10 + 2 * Double(terms).squareRoot()
        return Tolerance(
            absolute: factor * unit * weight * largest, reason: "(10 + 2 √n) u Σ|w| max|l| for n = \(terms) terms")
    }

    /// A divergence over `terms` classes: as ``positive(terms:difference:)``, twice over for two distributions, and the
    /// square of the error `ε` that the logarithms of both normalisers share, to which a divergence is flat.
    static func divergence(terms: Int, difference: Double) -> Tolerance {
        let relative = 2 * positive(terms: terms, difference: difference).relative
        return Tolerance(
            absolute: relative * relative, relative: relative,
            reason: "ε = 2 (10 + 2 √n + max Δ) u for n = \(terms) terms, and ε² near 0")
    }

    /// Layer norm: `x - mean` rounds as `u · magnitude`, and is divided by a deviation of at least `deviation`.
    package static func normalised(width: Int, magnitude: Double, deviation: Double, weight: Double = 1) -> Tolerance {
        let factor = 4 + Double(width).squareRoot()
        return Tolerance(
            absolute: factor * unit * weight * (1 + magnitude / deviation),
            reason: "(4 + √M) u max|w| (1 + max|x| / deviation), M = \(width)")
    }

    /// Attention: a score's error `δ` (a product of `inner` terms of at most `term` after scaling) is a relative error
    /// of its weight, twice because of the normaliser; the weighted mean of `keys` values of at most `value` adds its
    /// own rounding.
    package static func attention(inner: Int, term: Double, keys: Int, value: Double = 1) -> Tolerance {
        let score = product(terms: inner, largest: term).absolute
        let factor = 2 * score + (10 + 2 * Double(keys).squareRoot()) * unit
        return Tolerance(
            absolute: factor * value, reason: "(2 δ + (10 + 2 √K) u) max|v|, δ = 2 D u max|q k| scale, K = \(keys)")
    }
}
