// e^x, within 2 units in the last place; gradual underflow to 0 below -103.98, infinity above 88.73, NaN stays NaN.
//
// x = n ln 2 + r with ln 2 in two parts, so that the product of n with the greater is exact (W. J. Cody, W. Waite,
// "Software manual for the elementary functions", 1980, chapter 6); then 2^n (1 + r + r² P(r)), |r| <= ln 2 / 2.
// Coefficients, here and in the other functions, are minimax fits (Remez exchange, in 40 digits) rounded to float.

// 1 + r + r² P(r); n, and 0x4B400000 more, in `shifted`.
INLINE lanes exp_of_rest(lanes x, integers *shifted) {
    // Adding 1.5 · 2^23 rounds to the nearest integer and leaves it in the low bits.
    const lanes s = fused(x, (lanes)1.44269504f, (lanes)12582912.0f);
    const lanes n = s - 12582912.0f;
    const lanes r = fused(n, (lanes)2.1219444e-4f, fused(n, (lanes)-0.693359375f, x));
    const lanes p =
        polynomial(r, 0.001381314476f, 0.008369418793f, 0.041668456048f, 0.166665151715f, 0.499999940395f);
    *shifted = bits(s);
    return fused(r * r, p, r) + 1.0f;
}

// 2^(n + more), n as exp_of_rest leaves it and the sum in -126...127: the bits above the low nine are shifted out.
INLINE lanes power(integers shifted, int more) {
    return (lanes)(((naturals)shifted << 23) + ((unsigned)(127 + more) << 23));
}

// For |x| <= 87. As everywhere, whatever the argument, NaN stays NaN.
INLINE lanes exp_of_small(lanes x) {
    integers n;
    const lanes y = exp_of_rest(x, &n);
    return y * power(n, 0);
}

// For x <= 0. 2^n may lie below the range of float while the result is inside: two factors, the first multiplication
// exact.
INLINE lanes exp_of_negative(lanes x) {
    integers n;
    const lanes y = exp_of_rest(at_least(x, -104), &n);
    return y * power(n, 64) * 0x1p-64f;
}

// For x >= 0, as above.
INLINE lanes exp_of_positive(lanes x) {
    integers n;
    const lanes y = exp_of_rest(at_most(x, 104), &n);
    return y * power(n, -64) * 0x1p64f;
}

INLINE lanes exp_of(lanes x) {
    integers n;
    const lanes y = exp_of_rest(at_least(at_most(x, 104), -104), &n);
    const integers integer = n - 0x4B400000, half = integer >> 1;
    return y * (lanes)((half + 127) << 23) * (lanes)((integer - half + 127) << 23);
}
