// z[i] = sum over j of softmax_j(scale * q[i].k[j]) v[j]: attention.cl's attention on tensor cores.
//
// A group makes ROWS query rows, of which each of its warps owns 16 x TM. KEYS keys at a time lie in local memory
// beside their values, each copied while the other is multiplied; the softmax is kept online, in float32. T. Dao,
// "FlashAttention-2", https://doi.org/10.48550/arXiv.2307.08691. Beyond the edges zeros are staged, nothing is stored.
//
// Tiles are float32 whatever the precision, so that all of them are copied asynchronously: a warp rounds what it reads.
// Shares are summed as they were rounded, so that weights add up to one. PRECISION 0 is float32 as in linear_mma.cl.
//
// Assumes what attention.cl does, and that two tiles fit local memory.
// After: common/precision.cl
// After: common/tensor.cl
// From the plan: D, E, CAUSAL and MASKED as in attention.cl; PRECISION and EMULATED; WIDE, 4 where D, E, all places and
// all distances of rows are multiples of 4, else 1: elements that move at once.
// Tunables:
//   DOWN = 4 | 1 2 4 8 | warps one below the other
//   TM = 1 | 1 2 | blocks of 16 query rows of one warp
//   KEYS = 32 | 16 32 64 | keys in local memory at once
#ifndef DOWN
#define DOWN 4
#endif
#ifndef TM
#define TM 1
#endif
#ifndef KEYS
#define KEYS 32
#endif
#define GROUP (32 * DOWN)
#define ROWS (16 * TM * DOWN)
// Elements along the inner axis of one product, and of them those that a lane multiplies: neighbours, in q and k alike.
#define INNER (8 * PACKED)
#define OWN (2 * PACKED)
#define STEPS ((D + INNER - 1) / INNER)
#define PARTS ((E + 7) / 8)
// Words from row to row. Lane l reads OWN words, from OWN (l % 4) on, of row l / 4 of the keys; of the values word
// l / 4 of row 2 (l % 4) and of the next. So spaced, those that are read at once lie in different banks.
#define KEY_ROW (INNER * (STEPS + (STEPS + 1) % 2))
#define VALUE_ROW (8 * PARTS + 4)

// Queries stay in registers where that leaves some: not of float32, whose two parts compilers would keep. Others are
// read again for each tile, step by step: unrolled, all of them would be read ahead.
#define KEPT (PRECISION != 0 && TM * (STEPS + PARTS) <= 32)

#if KEPT
#define EVERY_STEP EVERY
#else
#define EVERY_STEP _Pragma("nounroll")
#endif

// OWN elements, and those as words of a product: float32, rounded to tf32, or in pairs.
#if PACKED == 1
#define ELEMENTS float2
#define PIECE piece2
#else
#define ELEMENTS float4
#define PIECE piece4
#endif
#if PRECISION == 0
#define WORDS(e) as_uint2(e)
#elif PRECISION == 1
#define WORDS(e) (uint2)(high_part(as_uint((e).x)), high_part(as_uint((e).y)))
#else
#define WORDS(e) (uint2)(packed((e).x, (e).y), packed((e).z, (e).w))
#endif

// Elements d to d + OWN - 1 of query row i as words; 0 beyond the edges.
static inline uint2 query(__global const float *q, const uint i, const uint d, const uint queries)
{
    if (i >= queries) return (uint2)(0);
#if WIDE == 4
    const ELEMENTS e = d < D ? *(__global const ELEMENTS *)(q + (ulong)i * D + d) : (ELEMENTS)(0.0f);
#else
    const ELEMENTS e = PIECE(q + (ulong)i * D, d, D, 0.0f);
#endif
    return WORDS(e);
}

// Begins to copy rows k0 to k0 + KEYS - 1 of x, which has `keys`: `padded` elements, of which `width` are there, to
// every `row` words.
static inline void copy_rows(
    __local uint *tile, const uint row, __global const float *x, const uint t, const uint k0, const uint keys,
    const uint width, const uint padded)
{
    for (uint n = t; n < KEYS * padded / WIDE; n += GROUP) {
        const uint j = n / (padded / WIDE), c = n % (padded / WIDE) * WIDE;
        const bool live = k0 + j < keys && c < width;
        __global const float *from = x + (live ? (ulong)(k0 + j) * width + c : 0);
#if WIDE == 4
        copy_four(tile + j * row + c, from, live);
#else
        copy_one(tile + j * row + c, from, live);
#endif
    }
}
#define COPY_KEYS(k0) copy_rows(key_tile, KEY_ROW, k, t, k0, keys, D, INNER * STEPS);
#define COPY_VALUES(k0) copy_rows(value_tile, VALUE_ROW, v, t, k0, keys, E, 8 * PARTS);

// sum[r] += a[r] b for the TM blocks of a warp, of float32 factors by three products that are added up outside.
#if PRECISION == 0
#define SPLIT                                                                                                          \
    uint4 a_low[TM];                                                                                                   \
    EVERY for (uint r = 0; r < TM; ++r) {                                                                              \
        const uint4 f = a[r];                                                                                          \
        a[r] = (uint4)(high_part(f.x), high_part(f.y), high_part(f.z), high_part(f.w));                                \
        a_low[r].lo = (uint2)(low_part(f.x, a[r].x), low_part(f.y, a[r].y));                                           \
        a_low[r].hi = (uint2)(low_part(f.z, a[r].z), low_part(f.w, a[r].w));                                           \
    }
#define ADD_PRODUCTS(sum, b)                                                                                           \
    {                                                                                                                  \
        const uint2 high = (uint2)(high_part((b).x), high_part((b).y));                                                \
        const uint2 low = (uint2)(low_part((b).x, high.x), low_part((b).y, high.y));                                   \
        EVERY for (uint r = 0; r < TM; ++r) {                                                                          \
            float4 block = multiplied(a_low[r], high, (float4)(0.0f), t, exchange);                                    \
            block = multiplied(a[r], low, block, t, exchange);                                                         \
            sum = added_product(a[r], high, block, sum, t, exchange);                                                  \
        }                                                                                                              \
    }
#else
#define SPLIT
#define ADD_PRODUCTS(sum, b)                                                                                           \
    EVERY for (uint r = 0; r < TM; ++r) sum = multiplied(a[r], b, sum, t, exchange);
#endif

// A share as it is multiplied.
#if PRECISION == 0
#define SHARE(e) (e)
#elif PRECISION == 1
#define SHARE(e) rounded_to_tf32(e)
#else
#define SHARE(e) rounded_to_16_bits(e)
#endif

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void attention_mma(
    __global const float *q, const ulong q_at, const ulong q_row,
    __global const float *k, const ulong k_at, const ulong k_row,
    __global const float *v, const ulong v_at, const ulong v_row,
#if MASKED
    __global const float *mask, const ulong mask_at, const ulong mask_row,
#endif
    __global const int *positions, const ulong positions_at, __global float *z, const ulong z_at,
    const uint queries, const uint keys, const float scale)
{
    __local uint key_tile[KEYS * KEY_ROW] __attribute__((aligned(16)));
    __local uint value_tile[KEYS * VALUE_ROW] __attribute__((aligned(16)));
#if EMULATED
    __local uint exchange[EXCHANGE_WORDS(GROUP)];
#else
    __local uint *exchange = 0;
#endif
    const uint t = (uint)get_local_id(0), g = t % 32 / 4, i4 = t % 4;
    const uint groups = (queries + ROWS - 1) / ROWS;
    const ulong row = get_group_id(0) / groups;
    const uint first = (uint)(get_group_id(0) % groups) * ROWS;
    // The lane's first query row; 8 below it is another, and so on by 16.
    const uint own = first + t / 32 * 16 * TM + g;
    q += q_at + row * q_row;
    k += k_at + row * k_row;
    v += v_at + row * v_row;
    z += z_at + row * queries * E;
#if MASKED
    mask += mask_at + row * mask_row;
#endif
    COPY_KEYS(0)
    END_BATCH
    COPY_VALUES(0)
    END_BATCH

    // The last key that each row reads, and how many any row of the group reads: every item passes the same barriers.
    int2 last[TM];
    uint most = keys;
    EVERY for (uint r = 0; r < TM; ++r) last[r] = (int2)((int)keys - 1);
#if CAUSAL
    most = 0;
    for (uint i = first; i < min(first + ROWS, queries); ++i) most = max(most, (uint)positions[positions_at + i] + 1);
    EVERY for (uint r = 0; r < TM; ++r) {
        const uint upper = own + 16 * r, lower = upper + 8;
        last[r].x = upper < queries ? positions[positions_at + upper] : -1;
        last[r].y = lower < queries ? positions[positions_at + lower] : -1;
    }
#endif

#if KEPT
    uint4 kept[TM][STEPS];
    EVERY for (uint r = 0; r < TM; ++r)
        EVERY for (uint s = 0; s < STEPS; ++s) {
            const uint2 upper = query(q, own + 16 * r, INNER * s + OWN * i4, queries);
            const uint2 lower = query(q, own + 16 * r + 8, INNER * s + OWN * i4, queries);
            kept[r][s] = (uint4)(upper.x, lower.x, upper.y, lower.y);
        }
#endif
    float4 sum[TM][PARTS];
    float2 greatest[TM], weight[TM];
    EVERY for (uint r = 0; r < TM; ++r) {
        greatest[r] = (float2)(-INFINITY);
        weight[r] = (float2)(0.0f);
        EVERY for (uint c = 0; c < PARTS; ++c) sum[r][c] = (float4)(0.0f);
    }
    for (uint k0 = 0; k0 < most; k0 += KEYS) {
        AWAIT_COPIES(1)
        barrier(CLK_LOCAL_MEM_FENCE);
        float4 score[TM][KEYS / 8];
        EVERY for (uint r = 0; r < TM; ++r)
            EVERY for (uint c = 0; c < KEYS / 8; ++c) score[r][c] = (float4)(0.0f);
        EVERY_STEP for (uint s = 0; s < STEPS; ++s) {
            const uint d = INNER * s + OWN * i4;
            uint4 a[TM];
            EVERY for (uint r = 0; r < TM; ++r) {
#if KEPT
                a[r] = kept[r][s];
#else
                const uint2 upper = query(q, own + 16 * r, d, queries), lower = query(q, own + 16 * r + 8, d, queries);
                a[r] = (uint4)(upper.x, lower.x, upper.y, lower.y);
#endif
            }
            SPLIT
            EVERY for (uint c = 0; c < KEYS / 8; ++c) {
                const ELEMENTS e = *(__local const ELEMENTS *)(key_tile + (8 * c + g) * KEY_ROW + d);
                const uint2 b = WORDS(e);
                ADD_PRODUCTS(score[r][c], b)
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        if (k0 + KEYS < most) COPY_KEYS(k0 + KEYS)
        END_BATCH

        float2 top[TM];
        EVERY for (uint r = 0; r < TM; ++r) top[r] = greatest[r];
        EVERY for (uint c = 0; c < KEYS / 8; ++c) {
            const int j = (int)(k0 + 8 * c + 2 * i4);
            const int4 place = (int4)(j, j + 1, j, j + 1);
#if MASKED
            const float m0 = j < (int)keys ? mask[j] : 1.0f, m1 = j + 1 < (int)keys ? mask[j + 1] : 1.0f;
#endif
            EVERY for (uint r = 0; r < TM; ++r) {
                float4 e = scale * score[r][c];
#if MASKED
                e = select(e, (float4)(-1e5f), (float4)(m0, m1, m0, m1) == (float4)(0.0f));
#endif
                e = select(e, (float4)(-INFINITY), place > (int4)(last[r].xx, last[r].yy));
                score[r][c] = e;
                top[r] = fmax(top[r], fmax(e.xz, e.yw));
            }
        }
        EVERY for (uint r = 0; r < TM; ++r)
            EVERY for (uint other = 1; other < 4; other *= 2) {
                top[r].x = fmax(top[r].x, exchanged(top[r].x, other, t, exchange));
                top[r].y = fmax(top[r].y, exchanged(top[r].y, other, t, exchange));
            }
        EVERY for (uint r = 0; r < TM; ++r) {
            // Until a score above -infinity is met, everything is 0, which any finite base gives.
            const float2 base = select(top[r], (float2)(0.0f), top[r] == (float2)(-INFINITY));
            const float2 shrink = exp(greatest[r] - base);
            greatest[r] = top[r];
            weight[r] *= shrink;
            EVERY for (uint c = 0; c < KEYS / 8; ++c) {
                const float4 e = exp(score[r][c] - (float4)(base.xx, base.yy));
                score[r][c] = (float4)(SHARE(e.x), SHARE(e.y), SHARE(e.z), SHARE(e.w));
                weight[r] += score[r][c].xz + score[r][c].yw;
            }
            EVERY for (uint c = 0; c < PARTS; ++c) sum[r][c] *= (float4)(shrink.xx, shrink.yy);
        }

        AWAIT_COPIES(1)
        barrier(CLK_LOCAL_MEM_FENCE);
        EVERY for (uint j = 0; j < KEYS; j += INNER) {
            // Shares stand as a factor must whose word i is key 2 i and word i + 4 the one after it; of 16 bits, whose
            // words are as usual. Values are read in that order, and nothing is exchanged.
            uint4 a[TM];
            EVERY for (uint r = 0; r < TM; ++r) {
                const float4 e = score[r][j / 8];
#if PACKED == 1
                a[r] = as_uint4(e.xzyw);
#else
                const float4 f = score[r][j / 8 + 1];
                a[r] = (uint4)(packed(e.x, e.y), packed(e.z, e.w), packed(f.x, f.y), packed(f.z, f.w));
#endif
            }
            SPLIT
            EVERY for (uint c = 0; c < PARTS; ++c) {
                __local const float *e = (__local const float *)value_tile + (j + 2 * i4) * VALUE_ROW + 8 * c + g;
#if PACKED == 1
                const float2 own_values = (float2)(e[0], e[VALUE_ROW]);
#else
                const float4 own_values = (float4)(e[0], e[VALUE_ROW], e[8 * VALUE_ROW], e[9 * VALUE_ROW]);
#endif
                const uint2 b = WORDS(own_values);
                ADD_PRODUCTS(sum[r][c], b)
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        if (k0 + KEYS < most) COPY_VALUES(k0 + KEYS)
        END_BATCH
    }

    EVERY for (uint r = 0; r < TM; ++r)
        EVERY for (uint other = 1; other < 4; other *= 2) {
            weight[r].x += exchanged(weight[r].x, other, t, exchange);
            weight[r].y += exchanged(weight[r].y, other, t, exchange);
        }
    EVERY for (uint r = 0; r < TM; ++r) {
        const float2 part = 1.0f / weight[r];
        EVERY for (uint c = 0; c < PARTS; ++c) {
            const uint i = own + 16 * r, column = 8 * c + 2 * i4;
            const float4 out = sum[r][c] * (float4)(part.xx, part.yy);
            __global float *to = z + (ulong)i * E + column;
#if WIDE == 4
            if (i < queries && column < E) *(__global float2 *)to = out.lo;
            if (i + 8 < queries && column < E) *(__global float2 *)(to + 8 * E) = out.hi;
#else
            if (i < queries && column < E) to[0] = out.x;
            if (i < queries && column + 1 < E) to[1] = out.y;
            if (i + 8 < queries && column < E) to[8 * E] = out.z;
            if (i + 8 < queries && column + 1 < E) to[8 * E + 1] = out.w;
#endif
        }
    }
}
