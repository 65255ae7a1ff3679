// y = f(x), element by element.
//
// After: common/activated.cl
// From the plan: FUNCTION, 0 to 2.
// Tunables: none.
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
