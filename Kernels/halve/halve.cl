// y = x in half precision, to nearest, ties to even: what is kept for gathers.
//
// Assumes with WIDE that both places and the count are multiples of it.
// From the plan: WIDE, 1 or 4, elements that move at once.
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void halve(
    __global const float *x, const ulong x_at, __global half *y, const ulong y_at, const uint rows, const uint count)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count / WIDE, &row, &e)) {
            const ulong at = row * count + (ulong)e * WIDE;
#if WIDE == 4
            vstorea_half4_rte(*(__global const float4 *)(x + x_at + at), 0, y + y_at + at);
#else
            vstore_half_rte(x[x_at + at], y_at + at, y);
#endif
        }
    }
}
