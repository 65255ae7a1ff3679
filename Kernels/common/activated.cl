// Before kernels that apply an activation: what it makes of one number.
//
// Both gelus are written so that their tails lose no digits: erfc instead of 1 + erf, and (1 + tanh(u)) / 2 = 1 / (1
// + exp(-2 u)).
// From the plan: FUNCTION, 0 relu (NaN stays NaN), 1 gelu by the error function, 2 gelu by tanh; 3 leaves it as it is.
#ifndef FUNCTION
#error "FUNCTION must be given"
#endif
static inline float activated(const float x)
{
#if FUNCTION == 0
    return x < 0.0f ? 0.0f : x;
#elif FUNCTION == 1
    return 0.5f * x * erfc(x * -0.70710678118654752f);
#elif FUNCTION == 2
    return x / (1.0f + exp(-2.0f * 0.79788456080286536f * (x + 0.044715f * x * x * x)));
#elif FUNCTION == 3
    return x;
#else
#error "FUNCTION must be 0, 1, 2 or 3"
#endif
}
