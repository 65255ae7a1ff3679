// y = a - b, element by element.
//
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void difference(
    __global const float *a, const ulong a_at, const ulong a_row,
    __global const float *b, const ulong b_at, const ulong b_row,
    __global float *y, const ulong y_at, const uint rows, const uint count)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e))
            y[y_at + row * count + e] = a[a_at + row * a_row + e] - b[b_at + row * b_row + e];
    }
}
