// y = table[index]: the entry of the class that a row is in. Moves 4-byte elements, bit for bit.
//
// Assumes entries of `count` elements. An index outside 0..<classes is reported, never read through; its output is NaN.
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void lookup(
    __global const int *index, const ulong index_at, const ulong index_row,
    __global const float *table, const ulong table_at, const ulong table_row,
    __global float *y, const ulong y_at, const uint rows, const uint count, const int classes,
    volatile __global int *status, const int step, const int first_row)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e)) {
            const int found = index[index_at + row * index_row];
            float entry = NAN;
            if (found >= 0 && found < classes)
                entry = table[table_at + row * table_row + (ulong)found * count + e];
            else
                report(status, step, first_row + (int)row, 0, found);
            y[y_at + row * count + e] = entry;
        }
    }
}
