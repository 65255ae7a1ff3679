// y[targets[i]] = x[sources[i]] along the first axis: what one of several inputs gives to their merger. One launch an
// input. Moves 4-byte elements of any type, bit for bit.
//
// Assumes that every source is on x and every target on y, whose rows have `whole` elements (the plan's verifier checks
// it). `count` is the elements that are moved in a row, `width` those at one position.
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void merge_positions(
    __global const uint *x, const ulong x_at, const ulong x_row,
    __global const int *sources, const ulong sources_at, __global const int *targets, const ulong targets_at,
    __global uint *y, const ulong y_at, const uint rows, const uint count, const uint width, const uint whole)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e)) {
            const uint i = e / width, m = e - i * width;
            y[y_at + row * whole + (ulong)targets[targets_at + i] * width + m] =
                x[x_at + row * x_row + (ulong)sources[sources_at + i] * width + m];
        }
    }
}
