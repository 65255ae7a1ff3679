// y[r] = b for every row: what a library product is added to.
//
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void bias(
    __global const float *b, const ulong b_at, __global float *y, const ulong y_at, const uint rows, const uint count)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e)) y[y_at + row * count + e] = b[b_at + e];
    }
}
