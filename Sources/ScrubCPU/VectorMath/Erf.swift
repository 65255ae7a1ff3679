extension VectorMath {
    /// The error function, within 3 units in the last place; ±1 at infinity, NaN stays NaN.
    ///
    /// Below 0.92 an odd polynomial; above, `1 - exp(-(x + x Q(x)))` with Q fitted to `-log(erfc x) / x - 1`; 1 from 4
    /// on.
    @inline(__always)
    public static func erf(_ x: Vector) -> Vector {
        let a = magnitude(x)
        let z = a * a
        let p =
            z
            * polynomial(
                z, -0.000_600_297_994, 0.004_995_669_238, -0.026_768_436_655, 0.112_818_725_407, -0.376_125_007_868)
            + 0.128_379_151_225
        let small = a + a * p
        let t = clamp(a, 4)
        let q =
            t
            * polynomial(
                t, -0.000_213_984_924, 0.003_214_955_330, -0.022_889_964_283, 0.105_261_839_926, 0.635_718_345_642)
            + 0.128_514_364_362
        let large = 1 - exp(-(t + t * q))
        return withSign(of: x, select(below(a, 0.92), small, large))
    }
}
