extension VectorMath {
    /// `max(x, 0)`, exact; NaN stays NaN, whatever its sign.
    @inline(__always)
    public static func relu(_ x: Vector) -> Vector { float(bits(x) & (~(bits(x) &>> 31) | isNaN(x))) }
}
