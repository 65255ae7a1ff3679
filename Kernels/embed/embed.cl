// y[i] = W_E[tokens[p_i]] + W_pos[p_i]: the token's and the position's embedding, p = `positions`.
//
// Assumes that every listed position is on tokens and W_pos (the plan's verifier checks it). A token outside
// 0..<vocabulary is reported, never read through; its output is NaN.
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void embed(
    __global const int *tokens, const ulong tokens_at, const ulong tokens_row,
    __global const float *w_e, const ulong w_e_at, const ulong w_e_row,
    __global const float *w_pos, const ulong w_pos_at, const ulong w_pos_row,
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
            if (token >= 0 && token < vocabulary)
                sum = w_e[w_e_at + row * w_e_row + (ulong)token * width + m]
                    + w_pos[w_pos_at + row * w_pos_row + (ulong)p * width + m];
            else
                report(status, step, first_row + (int)row, (int)p, token);
            y[y_at + row * count + e] = sum;
        }
    }
}
