// y[e] = x[e] where choices[e] is `number`: what one of several patterns gives to their merger. One launch an input.
//
// Assumes a choice for each of the `count` elements of a row; elements of other inputs are left as they are.
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void merge_sources(
    __global const float *x, const ulong x_at, const ulong x_row,
    __global const int *choices, const ulong choices_at, __global float *y, const ulong y_at,
    const uint rows, const uint count, const int number)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e) && choices[choices_at + e] == number)
            y[y_at + row * count + e] = x[x_at + row * x_row + e];
    }
}
