// y = f(x), element by element.
//
// Both gelus are written so that their tails lose no digits: erfc instead of 1 + erf, and (1 + tanh(u)) / 2 = 1 / (1
// + exp(-2 u)).
// From the plan: FUNCTION, 0 relu (NaN stays NaN), 1 gelu by the error function, 2 gelu by tanh.
// Tunables: none.
static inline float activated(const float x)
{
#if FUNCTION == 0
    return x < 0.0f ? 0.0f : x;
#elif FUNCTION == 1
    return 0.5f * x * erfc(x * -0.70710678118654752f);
#elif FUNCTION == 2
    return x / (1.0f + exp(-2.0f * 0.79788456080286536f * (x + 0.044715f * x * x * x)));
#else
#error "FUNCTION must be 0, 1 or 2"
#endif
}

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void activation(
    __global const float *x, const ulong x_at, const ulong x_row, __global float *y, const ulong y_at,
    const uint rows, const uint count)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e))
            y[y_at + row * count + e] = activated(x[x_at + row * x_row + e]);
    }
}
