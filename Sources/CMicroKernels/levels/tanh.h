// tanh x, within 3 units in the last place; ±1 at infinity, NaN stays NaN.
//
// Below 0.625 an odd polynomial, since 1 - 2 / (e^2x + 1) would cancel there.
INLINE lanes tanh_of(lanes x) {
    const lanes a = magnitude(x), z = x * x;
    const lanes p =
        polynomial(z, -0.005704986863f, 0.020639088005f, -0.053739715368f, 0.133314415812f, -0.333332806826f);
    const lanes small = a + a * (z * p);
    const lanes large = 1.0f - 2.0f / (exp_of_positive(a + a) + 1.0f);
    return with_sign(x, a < 0.625f ? small : large);
}
