// y[i] = W_E[tokens[p_i]] + W_pos[p_i]: the token's and the position's embedding, p = `positions`. Without W_pos the
// token's alone.
//
// Assumes that every listed position is on tokens and W_pos (the plan's verifier checks it). A token outside
// 0..<vocabulary is reported, never read through; its output is NaN.
// From the plan: PLACED (0 or 1), whether there is W_pos.
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void embed(
    __global const int *tokens, const ulong tokens_at, const ulong tokens_row,
    __global const float *w_e, const ulong w_e_at, const ulong w_e_row,
#if PLACED
    __global const float *w_pos, const ulong w_pos_at, const ulong w_pos_row,
#endif
    __global const int *positions, const ulong positions_at, __global float *y, const ulong y_at,
    const uint rows, const uint count, const uint width, const int vocabulary,
    volatile __global int *status, const int step, const int first_row)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e)) {
            const uint i = e / width, m = e - i * width;
            const uint p = (uint)positions[positions_at + i];
            const int token = tokens[tokens_at + row * tokens_row + p];
            float sum = NAN;
            if (token >= 0 && token < vocabulary) {
                sum = w_e[w_e_at + row * w_e_row + (ulong)token * width + m];
#if PLACED
                sum += w_pos[w_pos_at + row * w_pos_row + (ulong)p * width + m];
#endif
            } else
                report(status, step, first_row + (int)row, (int)p, token);
            y[y_at + row * count + e] = sum;
        }
    }
}
