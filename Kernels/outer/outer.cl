// y[i] = s_i * d: one vector at every position, as long as the position's number says.
//
// Assumes d of `width` elements; s has one number for each position if `each` is 1, one for all if it is 0.
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void outer(
    __global const float *s, const ulong s_at, const ulong s_row,
    __global const float *d, const ulong d_at, const ulong d_row,
    __global float *y, const ulong y_at, const uint rows, const uint count, const uint width, const uint each)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e)) {
            const uint i = e / width;
            y[y_at + row * count + e] = s[s_at + row * s_row + i * each] * d[d_at + row * d_row + (e - i * width)];
        }
    }
}
