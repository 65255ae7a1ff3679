// y[M, N] = x[M, K] W[K, N] + b[N], row-major: a tiled product.
//
// A group of 64 items makes ROWS x 32 outputs: 16 items down, 4 across, each TM rows by 8 columns in registers. Tiles
// of x and W of depth BK pass through local memory. The sum over K runs in ascending order, starting from the bias.
// Beyond the edges tiles are filled with 0 and nothing is stored, so any M, N, K goes.
// From the plan: BIASED, 1 where b is given, else 0.
// Tunables:
//   TM = 8 | 1 2 4 8 | rows of the output that one item makes
//   BK = 16 | 8 16 32 | depth of a tile
#ifndef TM
#define TM 8
#endif
#ifndef BK
#define BK 16
#endif
#define ACROSS 4
#define DOWN (WG / ACROSS)
#define COLUMNS (ACROSS * 8)
#define ROWS (DOWN * TM)
#define UNROLL _Pragma("unroll")

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void linear(
    __global const float *x, const ulong x_at, __global const float *w, const ulong w_at,
#if BIASED
    __global const float *b, const ulong b_at,
#endif
    __global float *y, const ulong y_at, const uint m, const uint n, const uint k)
{
    // One more column than is used: items of one column of the group then read from different banks.
    __local float x_tile[ROWS * (BK + 1)];
    __local float8 w_tile[BK * ACROSS];
    __local float *w_cells = (__local float *)w_tile;
    const uint t = (uint)get_local_id(0), across = t % ACROSS, down = t / ACROSS;
    const uint groups = (n + COLUMNS - 1) / COLUMNS;
    const uint m0 = (uint)(get_group_id(0) / groups) * ROWS, n0 = (uint)(get_group_id(0) % groups) * COLUMNS;
    const uint column = n0 + across * 8;

    float8 sum[TM];
    float8 start = (float8)(0.0f);
#if BIASED
    if (column + 8 <= n) {
        start = vload8(0, b + b_at + column);
    } else {
        float cells[8];
        UNROLL for (uint c = 0; c < 8; ++c) cells[c] = column + c < n ? b[b_at + column + c] : 0.0f;
        start = (float8)(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]);
    }
#endif
    UNROLL for (uint r = 0; r < TM; ++r) sum[r] = start;

    for (uint k0 = 0; k0 < k; k0 += BK) {
        for (uint cell = t; cell < ROWS * BK; cell += WG) {
            const uint r = cell / BK, c = cell % BK;
            x_tile[r * (BK + 1) + c] = m0 + r < m && k0 + c < k ? x[x_at + (ulong)(m0 + r) * k + k0 + c] : 0.0f;
        }
        for (uint cell = t; cell < BK * COLUMNS; cell += WG) {
            const uint r = cell / COLUMNS, c = cell % COLUMNS;
            w_cells[cell] = k0 + r < k && n0 + c < n ? w[w_at + (ulong)(k0 + r) * n + n0 + c] : 0.0f;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        const uint depth = min(k - k0, (uint)BK);
        for (uint c = 0; c < depth; ++c) {
            const float8 ws = w_tile[c * ACROSS + across];
            UNROLL for (uint r = 0; r < TM; ++r) sum[r] += x_tile[(down + r * DOWN) * (BK + 1) + c] * ws;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    UNROLL for (uint r = 0; r < TM; ++r) {
        const uint row = m0 + down + r * DOWN;
        if (row < m && column < n) {
            __global float *to = y + y_at + (ulong)row * n + column;
            if (column + 8 <= n) {
                vstore8(sum[r], 0, to);
            } else {
                const float cells[8] = {sum[r].s0, sum[r].s1, sum[r].s2, sum[r].s3,
                                        sum[r].s4, sum[r].s5, sum[r].s6, sum[r].s7};
                UNROLL for (uint c = 0; c < 8; ++c)
                    if (column + c < n) to[c] = cells[c];
            }
        }
    }
}
