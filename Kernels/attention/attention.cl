// One attention head: z[i] = sum over j of softmax_j(scale * q[i].k[j]) v[j].
//
// A group makes ROWS query rows. KEYS keys at a time pass through local memory, and the values after them in the same
// place; the softmax is kept online (a running greatest score; the sum and what is accumulated are rescaled when it
// rises), so that the scores of KEYS keys are all that is ever stored. T. Dao, "FlashAttention-2",
// https://doi.org/10.48550/arXiv.2307.08691, algorithm 1. An item makes TM rows by VECTOR keys of the scores, then TM
// rows by PARTS vectors of z; all sums run in ascending order. Query row i stands at positions[i]: with CAUSAL, later
// keys take no part. A key whose mask is 0 scores -1e5 exactly.
// Assumes at least one key, and with CAUSAL that positions are key positions; any D, and any E up to 4096.
// From the plan: D, E (width of q and k, of v), CAUSAL and MASKED (0 or 1).
// Tunables:
//   ACROSS = 8 | 1 2 4 8 16 32 | items side by side, over keys and over elements of v
//   DOWN = 8 | 1 2 4 8 16 | items one below the other, over query rows
//   TM = 4 | 1 2 4 8 | query rows of one item
//   VECTOR = 4 | 1 4 8 16 | keys, and neighbouring elements of v, of one item
//   STAGE = 2048 | 1024 2048 4096 | elements of keys or values in local memory at once
#ifndef ACROSS
#define ACROSS 8
#endif
#ifndef DOWN
#define DOWN 8
#endif
#ifndef TM
#define TM 4
#endif
#ifndef VECTOR
#define VECTOR 4
#endif
#ifndef STAGE
#define STAGE 2048
#endif
#define GROUP (ACROSS * DOWN)
#define ROWS (DOWN * TM)
#define KEYS (ACROSS * VECTOR)
#define PARTS ((E + KEYS - 1) / KEYS)
#define COLUMNS (PARTS * KEYS)

// Elements of q and k that are multiplied between two barriers: all, where they fit.
#if STAGE / KEYS < 64
#define DEPTH (STAGE / KEYS / 4 * 4)
#else
#define DEPTH 64
#endif
#if (D + 3) / 4 * 4 < DEPTH
#define SLICE ((D + 3) / 4 * 4)
#else
#define SLICE DEPTH
#endif
// Values that stand in the place of the keys at once.
#if KEYS * COLUMNS <= STAGE
#define VALUES KEYS
#elif KEYS % 2 == 0 && KEYS / 2 * COLUMNS <= STAGE
#define VALUES (KEYS / 2)
#elif KEYS % 4 == 0 && KEYS / 4 * COLUMNS <= STAGE
#define VALUES (KEYS / 4)
#elif KEYS % 8 == 0 && KEYS / 8 * COLUMNS <= STAGE
#define VALUES (KEYS / 8)
#else
#define VALUES 1
#endif
#if VALUES * COLUMNS > SLICE * KEYS
#define STAGED (VALUES * COLUMNS)
#else
#define STAGED (SLICE * KEYS)
#endif

// Elements c to c + 3 of a row of `width`; 0 beyond its end, and where the row is not `live`.
static inline float4 quarter(__global const float *x, const bool live, const uint row, const uint c, const uint width)
{
    return live ? piece4(x + (ulong)row * width, c, width, 0.0f) : (float4)(0.0f);
}

// Elements d0 to d0 + SLICE - 1 of ROWS query rows from `first` on: [row, element].
static inline void stage_queries(
    __local float *tile, __global const float *q, const uint t, const uint first, const uint queries, const uint d0)
{
    for (uint n = t; n < ROWS * SLICE / 4; n += GROUP) {
        const uint i = first + n / (SLICE / 4), d = d0 + 4 * (n % (SLICE / 4));
        vstore4(quarter(q, i < queries, i, d, D), n, tile);
    }
}

// The same of KEYS keys from k0 on: [element, key], so that neighbouring keys make a vector.
static inline void stage_keys(
    __local float *tile, __global const float *k, const uint t, const uint k0, const uint keys, const uint d0)
{
    for (uint n = t; n < SLICE / 4 * KEYS; n += GROUP) {
        const uint j = n % KEYS, d = 4 * (n / KEYS);
        const float4 four = quarter(k, k0 + j < keys, k0 + j, d0 + d, D);
        tile[d * KEYS + j] = four.x;
        tile[(d + 1) * KEYS + j] = four.y;
        tile[(d + 2) * KEYS + j] = four.z;
        tile[(d + 3) * KEYS + j] = four.w;
    }
}

// VALUES values from k0 on: [key, element].
static inline void stage_values(
    __local float *tile, __global const float *v, const uint t, const uint k0, const uint keys)
{
#if COLUMNS % 4 == 0
    for (uint n = t; n < VALUES * COLUMNS / 4; n += GROUP) {
        const uint j = k0 + n / (COLUMNS / 4), c = 4 * (n % (COLUMNS / 4));
        vstore4(quarter(v, j < keys, j, c, E), n, tile);
    }
#else
    for (uint n = t; n < VALUES * COLUMNS; n += GROUP) {
        const uint j = k0 + n / COLUMNS, c = n % COLUMNS;
        tile[n] = j < keys && c < E ? v[(ulong)j * E + c] : 0.0f;
    }
#endif
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void attention(
    __global const float *q, const ulong q_at, const ulong q_row,
    __global const float *k, const ulong k_at, const ulong k_row,
    __global const float *v, const ulong v_at, const ulong v_row,
#if MASKED
    __global const float *mask, const ulong mask_at, const ulong mask_row,
#endif
    __global const int *positions, const ulong positions_at, __global float *z, const ulong z_at,
    const uint queries, const uint keys, const float scale)
{
    __local float query_tile[ROWS * SLICE], stage[STAGED], share_tile[ROWS * KEYS];
    __local float tops[ROWS * ACROSS], sums[ROWS * ACROSS];
#if MASKED
    __local float mask_tile[KEYS];
#endif
    const uint t = (uint)get_local_id(0), across = t % ACROSS, down = t / ACROSS;
    const uint groups = (queries + ROWS - 1) / ROWS;
    const ulong row = get_group_id(0) / groups;
    const uint first = (uint)(get_group_id(0) % groups) * ROWS;
    q += q_at + row * q_row;
    k += k_at + row * k_row;
    v += v_at + row * v_row;
    z += z_at + row * queries * E;
#if MASKED
    mask += mask_at + row * mask_row;
#endif

    // The last key that each row reads, and how many any row of the group reads: every item passes the same barriers.
    int last[TM];
    uint most = keys;
    UNROLL for (uint r = 0; r < TM; ++r) last[r] = (int)keys - 1;
#if CAUSAL
    most = 0;
    for (uint i = first; i < min(first + ROWS, queries); ++i) most = max(most, (uint)positions[positions_at + i] + 1);
    UNROLL for (uint r = 0; r < TM; ++r) {
        const uint i = first + down + r * DOWN;
        last[r] = i < queries ? positions[positions_at + i] : -1;
    }
#endif

    VEC sum[TM][PARTS];
    float greatest[TM], weight[TM];
    UNROLL for (uint r = 0; r < TM; ++r) {
        greatest[r] = -INFINITY;
        weight[r] = 0.0f;
        UNROLL for (uint c = 0; c < PARTS; ++c) sum[r][c] = (VEC)(0.0f);
    }
    for (uint k0 = 0; k0 < most; k0 += KEYS) {
        VEC score[TM];
        UNROLL for (uint r = 0; r < TM; ++r) score[r] = (VEC)(0.0f);
        for (uint d0 = 0; d0 < D; d0 += SLICE) {
            if (D > SLICE || k0 == 0) stage_queries(query_tile, q, t, first, queries, d0);
            stage_keys(stage, k, t, k0, keys, d0);
#if MASKED
            if (d0 == 0)
                for (uint j = t; j < KEYS; j += GROUP) mask_tile[j] = k0 + j < keys ? mask[k0 + j] : 1.0f;
#endif
            barrier(CLK_LOCAL_MEM_FENCE);
            const uint depth = min(D - d0, (uint)SLICE);
            for (uint d = 0; d < depth; ++d) {
                const VEC key = LOAD(stage + d * KEYS + across * VECTOR);
                UNROLL for (uint r = 0; r < TM; ++r) score[r] += query_tile[(down + r * DOWN) * SLICE + d] * key;
            }
            barrier(CLK_LOCAL_MEM_FENCE);
        }

        const IVEC place = COUNTED + (IVEC)(int)(k0 + across * VECTOR);
        UNROLL for (uint r = 0; r < TM; ++r) {
            VEC s = scale * score[r];
#if MASKED
            s = select(s, (VEC)(-1e5f), LOAD(mask_tile + across * VECTOR) == (VEC)(0.0f));
#endif
            s = select(s, (VEC)(-INFINITY), place > (IVEC)(last[r]));
            score[r] = s;
            tops[(down + r * DOWN) * ACROSS + across] = GREATEST_OF(s);
        }
        stage_values(stage, v, t, k0, keys);
        barrier(CLK_LOCAL_MEM_FENCE);

        float shrink[TM];
        UNROLL for (uint r = 0; r < TM; ++r) {
            const uint own = down + r * DOWN;
            float top = greatest[r];
            for (uint n = 0; n < ACROSS; ++n) top = fmax(top, tops[own * ACROSS + n]);
            // Until a score above -infinity is met, everything is 0, which any finite base gives.
            const float base = top == -INFINITY ? 0.0f : top;
            shrink[r] = exp(greatest[r] - base);
            greatest[r] = top;
            const VEC share = exp(score[r] - base);
            STORE(share, share_tile + own * KEYS + across * VECTOR);
            sums[own * ACROSS + across] = SUM_OF(share);
        }
        barrier(CLK_LOCAL_MEM_FENCE);

        UNROLL for (uint r = 0; r < TM; ++r) {
            weight[r] *= shrink[r];
            for (uint n = 0; n < ACROSS; ++n) weight[r] += sums[(down + r * DOWN) * ACROSS + n];
            UNROLL for (uint c = 0; c < PARTS; ++c) sum[r][c] *= shrink[r];
        }
        const uint met = min(keys - k0, (uint)KEYS);
        for (uint v0 = 0; v0 < met; v0 += VALUES) {
            if (v0 != 0) {
                barrier(CLK_LOCAL_MEM_FENCE);
                stage_values(stage, v, t, k0 + v0, keys);
                barrier(CLK_LOCAL_MEM_FENCE);
            }
            const uint here = min(met - v0, (uint)VALUES);
            for (uint j = 0; j < here; ++j) {
                float share[TM];
                UNROLL for (uint r = 0; r < TM; ++r) share[r] = share_tile[(down + r * DOWN) * KEYS + v0 + j];
                UNROLL for (uint c = 0; c < PARTS; ++c) {
                    const VEC value = LOAD(stage + j * COLUMNS + (c * ACROSS + across) * VECTOR);
                    UNROLL for (uint r = 0; r < TM; ++r) sum[r][c] += share[r] * value;
                }
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    UNROLL for (uint r = 0; r < TM; ++r) {
        const uint i = first + down + r * DOWN;
        if (i >= queries) continue;
        UNROLL for (uint c = 0; c < PARTS; ++c) {
            const uint column = (c * ACROSS + across) * VECTOR;
            const VEC out = sum[r][c] / weight[r];
            __global float *to = z + (ulong)i * E + column;
#if E % VECTOR == 0
            if (column < E) STORE(out, to);
#else
            float cells[VECTOR];
            STORE(out, cells);
            UNROLL for (uint n = 0; n < VECTOR; ++n)
                if (column + n < E) to[n] = cells[n];
#endif
        }
    }
}
