// y[M, N] = f(x[M, K] W[K, N] + b[N]) + added[M, N], row-major: linear.cl's product on tensor cores.
//
// A group makes ROWS x COLUMNS outputs: ACROSS warps side by side, DOWN one below the other, each TM x TN blocks of 16 x 8
// in registers. Tiles of x and W, DEPTH words deep, pass through local memory: as float32, copied while earlier ones are
// multiplied, or in pairs of 16 bits, which pass through registers to be rounded. The sum over K runs in ascending order of
// blocks of 8 words, starting from the bias; how a block is summed is the hardware's affair. Beyond the edges zeros
// are staged and nothing is stored, so any M, N, K goes.
//
// PRECISION 0 is float32: each factor is split into two tf32 numbers, whose greatest three products are summed (the
// fourth is below 2^-22 of the term), and blocks are added up outside the tensor cores, which do not round sums to nearest.
// H. Ootomo and R. Yokota, https://doi.org/10.1177/10943420221090256. An infinite factor gives NaN there.
// After: common/precision.cl
// After: common/tensor.cl
// After: common/activated.cl
// From the plan: BIASED, 1 where b is given, else 0; FUNCTION, f; ADDED, 1 where `added` is given, else 0; PRECISION and EMULATED;
// WIDE, 4 where K, N and all places are multiples of 4, else 1: elements that move at once.
// Tunables:
//   DOWN = 2 | 1 2 4 | warps one below the other
//   ACROSS = 2 | 1 2 4 | warps side by side
//   TM = 2 | 1 2 4 | blocks of 16 rows of one warp
//   DEPTH = 16 | 8 16 32 | words of a tile along K
//   STAGES = 2 | 2 3 4 | tiles in local memory at once
#ifndef DOWN
#define DOWN 2
#endif
#ifndef ACROSS
#define ACROSS 2
#endif
#ifndef TM
#define TM 2
#endif
#ifndef DEPTH
#define DEPTH 16
#endif
#ifndef STAGES
#define STAGES 2
#endif
// 8 take more registers than there are.
#define TN 4
#define GROUP (32 * DOWN * ACROSS)
#define ROWS (16 * TM * DOWN)
#define COLUMNS (8 * TN * ACROSS)
#define BK (DEPTH * PACKED)

// Where word d of row r of the tile of x lies, and word d of column c of that of W. Lane l of a warp reads words 2 (l % 4)
// and the next of row l / 4, and of column l / 4: the swizzle sends those of a half warp, or a warp, to different banks.
// It keeps 8 words together.
#if DEPTH == 8
#define X_WORD(r, d) ((r) * DEPTH + (d))
#elif DEPTH == 16
#define X_WORD(r, d) ((r) * DEPTH + ((d) ^ ((r) >> 1 & 1) << 3))
#else
#define X_WORD(r, d) ((r) * DEPTH + ((d) ^ ((r) & 3) << 3))
#endif
#define W_WORD(d, c) ((d) * COLUMNS + ((c) ^ ((d) >> 1 & 3) << 3))
#define X_WORDS (ROWS * DEPTH)
#define TILE_WORDS (X_WORDS + DEPTH * COLUMNS)

// The numbers below `size` that are this item's: the h-th of them is i. Neighbouring items have neighbouring ones.
#define OWN(h, i, size)                                                                                                \
    UNROLL for (uint h = 0, i = t; h < ((size) + GROUP - 1) / GROUP; ++h, i += GROUP)                                  \
        if ((size) % GROUP == 0 || i < (size))

#if PACKED == 1
// Begins to copy tiles of x and W that begin at element k0 of K.
static inline void stage(
    __local uint *tile, __global const float *x, __global const float *w, const uint t, const uint m0, const uint n0,
    const uint k0, const uint m, const uint n, const uint k)
{
#if WIDE == 4
    OWN(h, i, ROWS * DEPTH / 4) {
        const uint r = i / (DEPTH / 4), d = 4 * (i % (DEPTH / 4));
        const bool live = m0 + r < m && k0 + d < k;
        copy_four(tile + X_WORD(r, d), x + (live ? (ulong)(m0 + r) * k + k0 + d : 0), live);
    }
    OWN(h, i, DEPTH * COLUMNS / 4) {
        const uint d = i / (COLUMNS / 4), c = 4 * (i % (COLUMNS / 4));
        const bool live = k0 + d < k && n0 + c < n;
        copy_four(tile + X_WORDS + W_WORD(d, c), w + (live ? (ulong)(k0 + d) * n + n0 + c : 0), live);
    }
#else
    OWN(h, i, ROWS * DEPTH) {
        const uint r = i / DEPTH, d = i % DEPTH;
        const bool live = m0 + r < m && k0 + d < k;
        copy_one(tile + X_WORD(r, d), x + (live ? (ulong)(m0 + r) * k + k0 + d : 0), live);
    }
    OWN(h, i, DEPTH * COLUMNS) {
        const uint d = i / COLUMNS, c = i % COLUMNS;
        const bool live = k0 + d < k && n0 + c < n;
        copy_one(tile + X_WORDS + W_WORD(d, c), w + (live ? (ulong)(k0 + d) * n + n0 + c : 0), live);
    }
#endif
}
#else
// Elements c to c + 3 of a row of `width`; 0 beyond its end, and where the row is not `live`.
static inline float4 quarter(__global const float *x, const bool live, const uint row, const uint c, const uint width)
{
#if WIDE == 4
    return live && c < width ? *(__global const float4 *)(x + (ulong)row * width + c) : (float4)(0.0f);
#else
    return live ? piece4(x + (ulong)row * width, c, width, 0.0f) : (float4)(0.0f);
#endif
}
#define X_PIECES (ROWS * DEPTH / 2)
#define W_PIECES (DEPTH * COLUMNS / 4)
#define HELD_X ((X_PIECES + GROUP - 1) / GROUP)
#define HELD_W ((W_PIECES + GROUP - 1) / GROUP)

// Reads an item's part of tiles into registers, and puts it into local memory.
#define READ_TILES(k0)                                                                                                 \
    OWN(h, i, X_PIECES) held_x[h] = quarter(                                                                      \
        x, m0 + i / (DEPTH / 2) < m, m0 + i / (DEPTH / 2), (k0) + 4 * (i % (DEPTH / 2)), k);                           \
    OWN(h, i, W_PIECES) {                                                                                                 \
        const uint row = (k0) + 2 * (i / (COLUMNS / 4)), c = n0 + 4 * (i % (COLUMNS / 4));                             \
        held_w[h][0] = quarter(w, row < k, row, c, n);                                                         \
        held_w[h][1] = quarter(w, row + 1 < k, row + 1, c, n);                                                 \
    }
#define PUT_TILES(tile)                                                                                                \
    OWN(h, i, X_PIECES) {                                                                                                 \
        const float4 e = held_x[h];                                                                            \
        __local uint *to = (tile) + X_WORD(i / (DEPTH / 2), 2 * (i % (DEPTH / 2)));                                    \
        *(__local uint2 *)to = (uint2)(packed(e.x, e.y), packed(e.z, e.w));                                            \
    }                                                                                                                  \
    OWN(h, i, W_PIECES) {                                                                                                 \
        const float4 e = held_w[h][0], f = held_w[h][1];                                               \
        __local uint *to = (tile) + X_WORDS + W_WORD(i / (COLUMNS / 4), 4 * (i % (COLUMNS / 4)));                      \
        *(__local uint4 *)to = (uint4)(packed(e.x, f.x), packed(e.y, f.y), packed(e.z, f.z), packed(e.w, f.w));        \
    }
#endif

// Stores one element or two.
#if ADDED
#define PUT(T, at, s) *(__global T *)(y + (at)) = (s) + *(__global const T *)(added + (at))
#else
#define PUT(T, at, s) *(__global T *)(y + (at)) = (s)
#endif

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void linear_mma(
    __global const float *x, const ulong x_at, __global const float *w, const ulong w_at,
#if BIASED
    __global const float *b, const ulong b_at,
#endif
#if ADDED
    __global const float *added, const ulong added_at,
#endif
    __global float *y, const ulong y_at, const uint m, const uint n, const uint k)
{
    __local uint tiles[STAGES * TILE_WORDS] __attribute__((aligned(16)));
#if EMULATED
    __local uint exchange[EXCHANGE_WORDS(GROUP)];
#else
    __local uint *exchange = 0;
#endif
    const uint t = (uint)get_local_id(0), lane = t % 32, g = lane / 4, i4 = lane % 4;
    const uint groups = (n + COLUMNS - 1) / COLUMNS;
    const uint m0 = (uint)(get_group_id(0) / groups) * ROWS, n0 = (uint)(get_group_id(0) % groups) * COLUMNS;
    // The warp's first row and column in the tiles.
    const uint down = t / 32 / ACROSS * 16 * TM, across = t / 32 % ACROSS * 8 * TN;
    x += x_at;
    w += w_at;
    y += y_at;
#if ADDED
    added += added_at;
#endif

    float4 sum[TM][TN];
    UNROLL for (uint c = 0; c < TN; ++c) {
        float4 start = (float4)(0.0f);
#if BIASED
        const uint column = n0 + across + 8 * c + 2 * i4;
        start.x = start.z = column < n ? b[b_at + column] : 0.0f;
        start.y = start.w = column + 1 < n ? b[b_at + column + 1] : 0.0f;
#endif
        UNROLL for (uint r = 0; r < TM; ++r) sum[r][c] = start;
    }

    const uint count = (k + BK - 1) / BK;
#if PACKED == 1
    UNROLL for (uint s = 0; s < STAGES - 1; ++s) {
        if (s < count) stage(tiles + s * TILE_WORDS, x, w, t, m0, n0, s * BK, m, n, k);
        END_BATCH
    }
#else
    float4 held_x[HELD_X], held_w[HELD_W][2];
    READ_TILES(0)
    PUT_TILES(tiles)
#endif
    // Where this tile lies, and where the one that is staged meanwhile will: the place after, or the last one's.
    __local uint *here = tiles, *there = tiles + (PACKED == 1 ? STAGES - 1 : 1) * TILE_WORDS;
    for (uint tile = 0; tile < count; ++tile) {
#if PACKED == 1
        AWAIT_COPIES(STAGES - 2)
#endif
        // Every item has copied its part of this tile, and read the last one, whose place is filled again.
        barrier(CLK_LOCAL_MEM_FENCE);
#if PACKED == 1
        const uint next = tile + STAGES - 1;
        if (next < count) stage(there, x, w, t, m0, n0, next * BK, m, n, k);
        END_BATCH
#else
        if (tile + 1 < count) { READ_TILES((tile + 1) * BK) }
#endif
        __local const uint *xs = here, *ws = here + X_WORDS;
        EVERY for (uint d = 0; d < DEPTH; d += 8) {
            // Word i of eight is word 2 i of the tile, and word i + 4 the one after it, for x and W alike: one read gets both.
            uint4 a[TM];
            UNROLL for (uint r = 0; r < TM; ++r) {
                const uint row = down + 16 * r + g;
                const uint2 upper = *(__local const uint2 *)(xs + X_WORD(row, d + 2 * i4));
                const uint2 lower = *(__local const uint2 *)(xs + X_WORD(row + 8, d + 2 * i4));
                a[r] = (uint4)(upper.x, lower.x, upper.y, lower.y);
            }
#if PRECISION == 0
            uint4 a_low[TM];
            UNROLL for (uint r = 0; r < TM; ++r) {
                const uint4 f = a[r];
                a[r] = (uint4)(high_part(f.x), high_part(f.y), high_part(f.z), high_part(f.w));
                a_low[r] = (uint4)(low_part(f.x, a[r].x), low_part(f.y, a[r].y), low_part(f.z, a[r].z), low_part(f.w, a[r].w));
            }
#elif PRECISION == 1
            UNROLL for (uint r = 0; r < TM; ++r)
                a[r] = (uint4)(high_part(a[r].x), high_part(a[r].y), high_part(a[r].z), high_part(a[r].w));
#endif
            EVERY for (uint c = 0; c < TN; ++c) {
                const uint column = across + 8 * c + g;
                uint2 f = (uint2)(ws[W_WORD(d + 2 * i4, column)], ws[W_WORD(d + 2 * i4 + 1, column)]);
#if PRECISION == 0
                const uint2 high = (uint2)(high_part(f.x), high_part(f.y));
                const uint2 low = (uint2)(low_part(f.x, high.x), low_part(f.y, high.y));
                EVERY for (uint r = 0; r < TM; ++r) {
                    float4 block = multiplied(a_low[r], high, (float4)(0.0f), t, exchange);
                    block = multiplied(a[r], low, block, t, exchange);
                    sum[r][c] += multiplied(a[r], high, block, t, exchange);
                }
#else
#if PRECISION == 1
                f = (uint2)(high_part(f.x), high_part(f.y));
#endif
                EVERY for (uint r = 0; r < TM; ++r) sum[r][c] = multiplied(a[r], f, sum[r][c], t, exchange);
#endif
            }
        }
#if PACKED == 2
        if (tile + 1 < count) { PUT_TILES(there) }
#endif
        here = here == tiles + (STAGES - 1) * TILE_WORDS ? tiles : here + TILE_WORDS;
        there = there == tiles + (STAGES - 1) * TILE_WORDS ? tiles : there + TILE_WORDS;
    }

    UNROLL for (uint r = 0; r < TM; ++r)
        UNROLL for (uint c = 0; c < TN; ++c) {
            const uint row = m0 + down + 16 * r + g, column = n0 + across + 8 * c + 2 * i4;
            const float4 s = (float4)(
                activated(sum[r][c].x), activated(sum[r][c].y), activated(sum[r][c].z), activated(sum[r][c].w));
            const ulong to = (ulong)row * n + column, below = to + 8 * (ulong)n;
#if WIDE == 4
            if (row < m && column < n) PUT(float2, to, s.lo);
            if (row + 8 < m && column < n) PUT(float2, below, s.hi);
#else
            if (row < m && column < n) PUT(float, to, s.x);
            if (row < m && column + 1 < n) PUT(float, to + 1, s.y);
            if (row + 8 < m && column < n) PUT(float, below, s.z);
            if (row + 8 < m && column + 1 < n) PUT(float, below + 1, s.w);
#endif
        }
}
