// y[r] = x[table[r]]: the resampling of resample ablation. Moves 4-byte elements of any type, bit for bit.
//
// Assumes that every table entry is a row of x (the host checks tables when they are bound), and of rows of WIDE elements that
// all offsets and sizes are multiples of it.
// After: common/moved.cl
// From the plan: WIDE, 1 or 4, elements that move at once; HALVED, 1 where x is kept in half precision, else 0.
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void gather(
    __global const uint *x, const ulong x_at, const ulong x_row, __global const int *table, const ulong table_at,
    __global uint *y, const ulong y_at, const uint rows, const uint count)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count / WIDE, &row, &e)) {
            const ulong from = x_at + (ulong)table[table_at + row] * x_row + (ulong)e * WIDE;
#if HALVED
            const moved v = HALVES(x, from);
#else
            const moved v = WORDS(x, from);
#endif
            *(__global moved *)(y + y_at + row * count + (ulong)e * WIDE) = v;
        }
    }
}
