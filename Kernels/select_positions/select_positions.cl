// y[i] = x[positions[i]] along the first axis. Moves 4-byte elements of any type, bit for bit.
//
// Assumes that every listed position is on x (the plan's verifier checks it).
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void select_positions(
    __global const uint *x, const ulong x_at, const ulong x_row,
    __global const int *positions, const ulong positions_at, __global uint *y, const ulong y_at,
    const uint rows, const uint count, const uint width)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e)) {
            const uint i = e / width;
            y[y_at + row * count + e] =
                x[x_at + row * x_row + (ulong)positions[positions_at + i] * width + (e - i * width)];
        }
    }
}
