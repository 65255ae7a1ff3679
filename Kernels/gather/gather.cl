// y[r] = x[table[r]]: the resampling of resample ablation. Moves 4-byte elements of any type, bit for bit.
//
// Assumes that every table entry is a row of x (the host checks tables when they are bound).
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void gather(
    __global const uint *x, const ulong x_at, const ulong x_row, __global const int *table, const ulong table_at,
    __global uint *y, const ulong y_at, const uint rows, const uint count)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e))
            y[y_at + row * count + e] = x[x_at + (ulong)table[table_at + row] * x_row + e];
    }
}
