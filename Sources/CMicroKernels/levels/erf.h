// The error function, within 3 units in the last place; ±1 at infinity, NaN stays NaN.
//
// Below 0.92 an odd polynomial; above, 1 - exp(-(x + x Q(x))) with Q fitted to -log(erfc x) / x - 1; 1 from 4 on.
INLINE lanes erf_of(lanes x) {
    const lanes a = magnitude(x), z = a * a;
    const lanes p =
        z * polynomial(z, -0.000600297994f, 0.004995669238f, -0.026768436655f, 0.112818725407f, -0.376125007868f) +
        0.128379151225f;
    const lanes small = a + a * p;
    const lanes t = at_most(a, 4);
    const lanes q =
        t * polynomial(t, -0.000213984924f, 0.003214955330f, -0.022889964283f, 0.105261839926f, 0.635718345642f) +
        0.128514364362f;
    const lanes large = 1.0f - exp_of_small(-(t + t * q));
    return with_sign(x, a < 0.92f ? small : large);
}
