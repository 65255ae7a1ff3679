/// Elementary functions on eight floats at a time, lane by lane.
///
/// Written with separate multiplications and additions, never fused, so that every CPU computes the same bits. Each
/// function lies in a file of its own, with its bound. Coefficients are minimax fits (Remez exchange, in 40 digits)
/// rounded to float.
///
/// Conditions are integer arithmetic on bit patterns: without vector instructions beyond the baseline's, comparisons of
/// floats into masks cost more than the functions themselves.
public enum VectorMath {
    public typealias Vector = SIMD8<Float>
    /// All bits of a lane set, or none.
    typealias Mask = SIMD8<Int32>

    /// Horner's rule, coefficients from the highest power down.
    @inline(__always)
    static func polynomial(_ x: Vector, _ a: Float, _ b: Float, _ c: Float, _ d: Float, _ e: Float) -> Vector {
        (((a * x + b) * x + c) * x + d) * x + e
    }

    @inline(__always)
    static func bits(_ x: Vector) -> Mask { unsafeBitCast(x, to: Mask.self) }

    @inline(__always)
    static func float(_ x: Mask) -> Vector { unsafeBitCast(x, to: Vector.self) }

    /// `a` where the mask is set, `b` elsewhere.
    @inline(__always)
    static func select(_ mask: Mask, _ a: Vector, _ b: Vector) -> Vector { float((bits(a) & mask) | (bits(b) & ~mask)) }

    @inline(__always)
    static func magnitude(_ x: Vector) -> Vector { float(bits(x) & 0x7FFF_FFFF) }

    /// `magnitude`, which is not negative, with the sign of `sign`.
    @inline(__always)
    static func withSign(of sign: Vector, _ magnitude: Vector) -> Vector {
        float(bits(magnitude) | (bits(sign) & .min))
    }

    /// Where `a < b`; neither is negative or NaN, whose bits are in the order of their values. A NaN is the greatest.
    @inline(__always)
    static func below(_ a: Vector, _ b: Float) -> Mask { (bits(a) &- Int32(bitPattern: b.bitPattern)) &>> 31 }

    @inline(__always)
    static func isNaN(_ x: Vector) -> Mask { (0x7F80_0000 &- bits(magnitude(x))) &>> 31 }

    /// `x` within `±limit`; NaN stays NaN.
    @inline(__always)
    static func clamp(_ x: Vector, _ limit: Float) -> Vector {
        let keeps = below(magnitude(x), limit) | isNaN(x)
        return select(keeps, x, withSign(of: x, Vector(repeating: limit)))
    }

    /// The greater of each pair; either, where one is NaN.
    @inline(__always)
    static func greater(_ a: Vector, _ b: Vector) -> Vector { select(bits(a - b) &>> 31, b, a) }

    /// The greatest lane, when none is NaN.
    @inline(__always)
    static func greatest(_ x: Vector) -> Float {
        var most = x[0]
        for lane in 1..<8 where x[lane] > most { most = x[lane] }
        return most
    }
}
