// One attention head: z[i] = sum over j of softmax_j(scale * q[i].k[j]) v[j], one item a query row.
//
// Keys and values pass through local memory in tiles of KEYS; the softmax is kept online (a running greatest score,
// the sum and the accumulator rescaled when it rises), so that no score is ever stored. T. Dao et al.,
// "FlashAttention", https://doi.org/10.48550/arXiv.2205.14135, section 3.1. Query row i stands at positions[i]: with
// CAUSAL, later keys take no part. A key whose mask is 0 scores -1e5 exactly.
// Assumes at least one key, and with CAUSAL that positions are key positions; any D and E for which one key fits
// TILE_BYTES.
// From the plan: D, E (width of q and k, of v), CAUSAL and MASKED (0 or 1); from the number of query rows: GROUP
// (16, 32, 48, 64).
// Tunables:
//   TILE_BYTES = 16384 | 8192 16384 32768 49000 | local memory for a tile of keys and values
#ifndef TILE_BYTES
#define TILE_BYTES 16384
#endif
#define D4 ((D + 3) / 4)
#define E4 ((E + 3) / 4)
#define KEY_BYTES ((D4 + E4) * 16 + 4)
#if 64 * KEY_BYTES <= TILE_BYTES
#define KEYS 64
#elif 32 * KEY_BYTES <= TILE_BYTES
#define KEYS 32
#elif 16 * KEY_BYTES <= TILE_BYTES
#define KEYS 16
#elif 8 * KEY_BYTES <= TILE_BYTES
#define KEYS 8
#elif 4 * KEY_BYTES <= TILE_BYTES
#define KEYS 4
#elif 2 * KEY_BYTES <= TILE_BYTES
#define KEYS 2
#elif KEY_BYTES <= TILE_BYTES
#define KEYS 1
#else
#error "one key and its value do not fit TILE_BYTES"
#endif
// Keys between two rescalings; their scores are private to an item.
#if KEYS < 8
#define RUN KEYS
#else
#define RUN 8
#endif
#define UNROLL _Pragma("unroll")

// Elements 4 i to 4 i + 3 of a vector of `width`, 0 beyond its end.
static inline float4 quarter(__global const float *x, const uint i, const uint width)
{
    const uint c = 4 * i;
    if (c + 4 <= width) return vload4(0, x + c);
    return (float4)(x[c], c + 1 < width ? x[c + 1] : 0.0f, c + 2 < width ? x[c + 2] : 0.0f, 0.0f);
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
    __local float4 key_tile[KEYS * D4], value_tile[KEYS * E4];
#if MASKED
    __local float mask_tile[KEYS];
#endif
    const uint t = (uint)get_local_id(0);
    const uint groups = (queries + GROUP - 1) / GROUP;
    const ulong row = get_group_id(0) / groups;
    const uint first = (uint)(get_group_id(0) % groups) * GROUP, i = first + t;
    const bool live = i < queries;
    q += q_at + row * q_row;
    k += k_at + row * k_row;
    v += v_at + row * v_row;
    z += z_at + (row * queries + i) * E;
#if MASKED
    mask += mask_at + row * mask_row;
#endif

    // Keys that this item reads, and the most that any item of the group reads: every item passes the same barriers.
    uint mine = keys, most = keys;
#if CAUSAL
    most = 0;
    for (uint n = first; n < min(first + GROUP, queries); ++n) most = max(most, (uint)positions[positions_at + n] + 1);
    mine = live ? (uint)positions[positions_at + i] + 1 : 0;
#endif

    float4 query[D4], sum[E4];
    UNROLL for (uint d = 0; d < D4; ++d) query[d] = live ? quarter(q + (ulong)i * D, d, D) : (float4)(0.0f);
    UNROLL for (uint e = 0; e < E4; ++e) sum[e] = (float4)(0.0f);
    float greatest = -INFINITY, weight = 0.0f;

    for (uint k0 = 0; k0 < most; k0 += KEYS) {
        for (uint n = t; n < KEYS * D4; n += GROUP)
            key_tile[n] = k0 + n / D4 < keys ? quarter(k + (ulong)(k0 + n / D4) * D, n % D4, D) : (float4)(0.0f);
        for (uint n = t; n < KEYS * E4; n += GROUP)
            value_tile[n] = k0 + n / E4 < keys ? quarter(v + (ulong)(k0 + n / E4) * E, n % E4, E) : (float4)(0.0f);
#if MASKED
        for (uint n = t; n < KEYS; n += GROUP) mask_tile[n] = k0 + n < keys ? mask[k0 + n] : 0.0f;
#endif
        barrier(CLK_LOCAL_MEM_FENCE);
        if (live)
            for (uint j0 = 0; j0 < KEYS && k0 + j0 < mine; j0 += RUN) {
                float score[RUN], top = greatest;
                UNROLL for (uint j = 0; j < RUN; ++j) {
                    float4 dot4 = (float4)(0.0f);
                    UNROLL for (uint d = 0; d < D4; ++d) dot4 += query[d] * key_tile[(j0 + j) * D4 + d];
                    score[j] = scale * ((dot4.x + dot4.y) + (dot4.z + dot4.w));
#if MASKED
                    if (mask_tile[j0 + j] == 0.0f) score[j] = -1e5f;
#endif
                    if (k0 + j0 + j >= mine) score[j] = -INFINITY;
                    top = fmax(top, score[j]);
                }
                // Until a score above -infinity is met, everything is 0, which any finite base gives.
                const float base = top == -INFINITY ? 0.0f : top, shrink = exp(greatest - base);
                weight *= shrink;
                UNROLL for (uint e = 0; e < E4; ++e) sum[e] *= shrink;
                UNROLL for (uint j = 0; j < RUN; ++j) {
                    const float share = exp(score[j] - base);
                    weight += share;
                    UNROLL for (uint e = 0; e < E4; ++e) sum[e] += share * value_tile[(j0 + j) * E4 + e];
                }
                greatest = top;
            }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    if (live)
        UNROLL for (uint e = 0; e < E4; ++e) {
            const float4 out = sum[e] / weight;
            const uint c = 4 * e;
            if (c + 4 <= E) {
                vstore4(out, 0, z + c);
            } else {
                z[c] = out.x;
                if (c + 1 < E) z[c + 1] = out.y;
                if (c + 2 < E) z[c + 2] = out.z;
            }
        }
}
