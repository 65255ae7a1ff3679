extension VectorMath {
    /// `e^x`, within 2 units in the last place; gradual underflow to 0 below -103.98, infinity above 88.73, NaN stays
    /// NaN.
    ///
    /// `x = n ln 2 + r` with `ln 2` in two parts, so that `n · ln2High` is exact (W. J. Cody, W. Waite, "Software
    /// manual for the elementary functions", 1980, chapter 6); then `2^n (1 + r + r² P(r))`, `|r| <= ln 2 / 2`.
    @inline(__always)
    public static func exp(_ argument: Vector) -> Vector {
        let x = clamp(argument, 104)
        // Adding 1.5 · 2^23 rounds to the nearest integer and leaves it in the low bits.
        let shifted = x * 1.442_695_04 + 12_582_912
        let n = shifted - 12_582_912
        let r = (x - n * 0.693_359_375) + n * 2.121_944_4e-4
        let p = polynomial(
            r, 0.001_381_314_476, 0.008_369_418_793, 0.041_668_456_048, 0.166_665_151_715, 0.499_999_940_395)
        let y = (r * r * p + r) + 1
        // 2^n may lie outside the range of float while the result is inside: two factors, the first multiplication
        // exact.
        let integer = bits(shifted) &- 0x4B40_0000
        let half = integer &>> 1
        return y * power(half) * power(integer &- half)
    }

    /// `2^n` for n in -126...127.
    @inline(__always)
    private static func power(_ n: Mask) -> Vector { float((n &+ 127) &<< 23) }
}
