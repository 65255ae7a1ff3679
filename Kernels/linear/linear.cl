// y[M, N] = f(x[M, K] W[K, N] + b[N]) + added[M, N], row-major: a tiled product.
//
// A group makes ROWS x COLUMNS outputs: ACROSS items side by side, DOWN one below the other, each TM rows by TN vectors
// in registers. With LOCAL, tiles of x and W of depth BK pass through local memory; without, items read both where they
// lie, as suits CPUs. The sum over K runs in ascending order, starting from the bias, in either form. Beyond the edges
// nothing is stored and only what exists is read, so any M, N, K goes.
// After: common/precision.cl
// After: common/activated.cl
// From the plan: BIASED, 1 where b is given, else 0; PRECISION, to which x and W are rounded when they are multiplied;
// FUNCTION, f; ADDED, 1 where `added` is given, else 0.
// Tunables:
//   LOCAL = 1 | 0 1 | whether tiles pass through local memory
//   ACROSS = 8 | 1 2 4 8 16 | items side by side
//   DOWN = 8 | 1 2 4 8 16 | items one below the other
//   TM = 8 | 1 2 4 6 8 | rows of one item
//   TN = 2 | 1 2 4 | vectors of one row of one item
//   VECTOR = 4 | 1 4 8 16 | columns of one vector
//   BK = 16 | 8 16 32 | depth of a tile
#ifndef LOCAL
#define LOCAL 1
#endif
#ifndef ACROSS
#define ACROSS 8
#endif
#ifndef DOWN
#define DOWN 8
#endif
#ifndef TM
#define TM 8
#endif
#ifndef TN
#define TN 2
#endif
#ifndef VECTOR
#define VECTOR 4
#endif
#ifndef BK
#define BK 16
#endif
#define GROUP (ACROSS * DOWN)
#define ROWS (DOWN * TM)
#define COLUMNS (ACROSS * TN * VECTOR)
// The r-th of an item's rows in its group. In turn where they are shared; one after the other where not, so that of few
// rows the first items make all.
#if LOCAL
#define OWN(r) (down + (r) * DOWN)
#else
#define OWN(r) (down * TM + (r))
#endif

// What is stored of a sum.
#if FUNCTION == 3
#define FINISHED(v) (v)
#else
#define FINISHED(v) finished(v)
static inline VEC finished(const VEC v)
{
    float cells[VECTOR];
    STORE(v, cells);
    UNROLL for (uint i = 0; i < VECTOR; ++i) cells[i] = activated(cells[i]);
    return LOAD(cells);
}
#endif

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void linear(
    __global const float *x, const ulong x_at, __global const float *w, const ulong w_at,
#if BIASED
    __global const float *b, const ulong b_at,
#endif
#if ADDED
    __global const float *added, const ulong added_at,
#endif
    __global float *y, const ulong y_at, const uint m, const uint n, const uint k)
{
    const uint t = (uint)get_local_id(0), across = t % ACROSS, down = t / ACROSS;
    const uint groups = (n + COLUMNS - 1) / COLUMNS;
    const uint m0 = (uint)(get_group_id(0) / groups) * ROWS, n0 = (uint)(get_group_id(0) % groups) * COLUMNS;
    x += x_at;
    w += w_at;
    y += y_at;

    VEC sum[TM][TN];
    UNROLL for (uint c = 0; c < TN; ++c) {
#if BIASED
        const VEC start = PIECE_OF(b + b_at, n0 + (c * ACROSS + across) * VECTOR, n, 0.0f);
#else
        const VEC start = (VEC)(0.0f);
#endif
        UNROLL for (uint r = 0; r < TM; ++r) sum[r][c] = start;
    }

#if LOCAL
    // One more column than is used: items of one column of the group then read from different banks.
    __local float x_tile[ROWS * (BK + 1)], w_tile[BK * COLUMNS];
    for (uint k0 = 0; k0 < k; k0 += BK) {
        for (uint cell = t; cell < ROWS * BK; cell += GROUP) {
            const uint r = cell / BK, c = cell % BK;
            x_tile[r * (BK + 1) + c] = m0 + r < m && k0 + c < k ? ROUNDED(1, x[(ulong)(m0 + r) * k + k0 + c]) : 0.0f;
        }
        for (uint piece = t; piece < BK * COLUMNS / VECTOR; piece += GROUP) {
            const uint r = piece / (COLUMNS / VECTOR), c = piece % (COLUMNS / VECTOR) * VECTOR;
            const VEC ws = k0 + r < k ? PIECE_OF(w + (ulong)(k0 + r) * n, n0 + c, n, 0.0f) : (VEC)(0.0f);
            STORE(ROUNDED(VECTOR, ws), w_tile + r * COLUMNS + c);
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        const uint depth = min(k - k0, (uint)BK);
        for (uint d = 0; d < depth; ++d) {
            VEC ws[TN];
            UNROLL for (uint c = 0; c < TN; ++c) ws[c] = LOAD(w_tile + d * COLUMNS + (c * ACROSS + across) * VECTOR);
            UNROLL for (uint r = 0; r < TM; ++r) {
                const float xs = x_tile[OWN(r) * (BK + 1) + d];
                UNROLL for (uint c = 0; c < TN; ++c) sum[r][c] += xs * ws[c];
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
#else
    // Rows beyond the last read the last, and store nothing.
    if (m0 + OWN(0) >= m || n0 + across * VECTOR >= n) return;
    __global const float *xs[TM];
    UNROLL for (uint r = 0; r < TM; ++r) xs[r] = x + (ulong)min(m0 + OWN(r), m - 1) * k;
    __global const float *ws = w + n0 + across * VECTOR;
    if (n0 + ((TN - 1) * ACROSS + across + 1) * VECTOR <= n) {
        for (uint d = 0; d < k; ++d, ws += n)
            UNROLL for (uint c = 0; c < TN; ++c) {
                const VEC cells = ROUNDED(VECTOR, LOAD(ws + c * ACROSS * VECTOR));
                UNROLL for (uint r = 0; r < TM; ++r) sum[r][c] += ROUNDED(1, xs[r][d]) * cells;
            }
    } else {
        for (uint d = 0; d < k; ++d)
            UNROLL for (uint c = 0; c < TN; ++c) {
                const VEC cells =
                    ROUNDED(VECTOR, PIECE_OF(w + (ulong)d * n, n0 + (c * ACROSS + across) * VECTOR, n, 0.0f));
                UNROLL for (uint r = 0; r < TM; ++r) sum[r][c] += ROUNDED(1, xs[r][d]) * cells;
            }
    }
#endif

    UNROLL for (uint r = 0; r < TM; ++r) {
        const uint row = m0 + OWN(r);
        if (row >= m) continue;
        UNROLL for (uint c = 0; c < TN; ++c) {
            const uint column = n0 + (c * ACROSS + across) * VECTOR;
            __global float *to = y + (ulong)row * n + column;
            VEC result = FINISHED(sum[r][c]);
#if ADDED
            result += PIECE_OF(added + added_at + (ulong)row * n, column, n, 0.0f);
#endif
            if (column + VECTOR <= n) {
                STORE(result, to);
            } else {
                float cells[VECTOR];
                STORE(result, cells);
                UNROLL for (uint i = 0; i < VECTOR; ++i)
                    if (column + i < n) to[i] = cells[i];
            }
        }
    }
}
