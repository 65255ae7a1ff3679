// y = 1 where a token is not the padding token, 0 where it is.
//
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void padding_mask(
    __global const int *tokens, const ulong tokens_at, const ulong tokens_row, __global float *y, const ulong y_at,
    const uint rows, const uint count, const int padding)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e))
            y[y_at + row * count + e] = tokens[tokens_at + row * tokens_row + e] == padding ? 0.0f : 1.0f;
    }
}
