// Matrix micro-kernels: the few lines that Swift cannot say, because they need one function compiled for several
// instruction sets.
//
// Every level computes each element by the same chain of fused multiply-adds, k ascending; the lanes never mix. So all
// levels give the same bits. The baseline is fused too (__builtin_elementwise_fma becomes fmaf where there is no
// instruction), slow as that is: a figure must not depend on the CPU.
#include "CMicroKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef float lanes2 __attribute__((ext_vector_type(2), aligned(4)));
typedef float lanes4 __attribute__((ext_vector_type(4), aligned(4)));
typedef float lanes8 __attribute__((ext_vector_type(8), aligned(4)));
typedef float lanes16 __attribute__((ext_vector_type(16), aligned(4)));

#define UNROLL _Pragma("clang loop unroll(full)")
#define INLINE(TARGET) __attribute__((always_inline)) TARGET static inline

// Writes a tile where it stands.
#define STORE(LEVEL, W, MR, V)                                                                                         \
    UNROLL for (int i = 0; i < MR; ++i) {                                                                              \
        UNROLL for (int j = 0; j < V - 1; ++j) *(lanes##W *)(c + i * ldc + j * W) = acc[i][j];                         \
        if (rest == W) *(lanes##W *)(c + i * ldc + (V - 1) * W) = acc[i][V - 1];                                       \
        else LEVEL##_store(c + i * ldc + (V - 1) * W, rest, acc[i][V - 1]);                                            \
    }

// A tile's whole life in registers: MR * V accumulators, V vectors of b, one broadcast of a.
#define KERNEL(LEVEL, TARGET, W, MR, V)                                                                                \
    TARGET static void LEVEL##_##MR##_##V(size_t k, const float *restrict a, size_t lda, const float *restrict b,      \
                                          const float *start, float *restrict c, size_t ldc, size_t columns) {         \
        const size_t rest = columns - (V - 1) * W;                                                                     \
        lanes##W acc[MR][V];                                                                                           \
        if (start) {                                                                                                   \
            UNROLL for (int j = 0; j < V; ++j) {                                                                       \
                const lanes##W s = *(const lanes##W *)(start + j * W);                                                 \
                UNROLL for (int i = 0; i < MR; ++i) acc[i][j] = s;                                                     \
            }                                                                                                          \
        } else {                                                                                                       \
            UNROLL for (int i = 0; i < MR; ++i) {                                                                      \
                UNROLL for (int j = 0; j < V - 1; ++j) acc[i][j] = *(const lanes##W *)(c + i * ldc + j * W);           \
                acc[i][V - 1] = LEVEL##_load(c + i * ldc + (V - 1) * W, LEVEL##_first(rest));                          \
            }                                                                                                          \
        }                                                                                                              \
        for (size_t p = 0; p < k; ++p) {                                                                               \
            lanes##W bs[V];                                                                                            \
            UNROLL for (int j = 0; j < V; ++j) bs[j] = *(const lanes##W *)(b + (p * V + j) * W);                       \
            UNROLL for (int i = 0; i < MR; ++i) {                                                                      \
                const lanes##W as = (lanes##W)(a[i * lda + p]);                                                        \
                UNROLL for (int j = 0; j < V; ++j) acc[i][j] = __builtin_elementwise_fma(as, bs[j], acc[i][j]);        \
            }                                                                                                          \
        }                                                                                                              \
        STORE(LEVEL, W, MR, V)                                                                                         \
    }

// The same on rows of b as they lie, ldb apart, each row of a with an end of its own: all rows together as far as the
// first end, then each by itself.
#define MIX(LEVEL, TARGET, W, MR, V)                                                                                   \
    TARGET static void LEVEL##_mix_##MR##_##V(size_t from, size_t to, const size_t *restrict ends,                     \
                                              const float *restrict a, size_t lda, const float *restrict b,            \
                                              size_t ldb, float *restrict c, size_t ldc, size_t columns) {             \
        const size_t rest = columns - (V - 1) * W;                                                                     \
        const LEVEL##_part part = LEVEL##_first(rest);                                                                 \
        size_t first = to, last = from;                                                                                \
        UNROLL for (int i = 0; i < MR; ++i) {                                                                          \
            first = ends[i] < first ? ends[i] : first;                                                                 \
            last = ends[i] > last ? ends[i] : last;                                                                    \
        }                                                                                                              \
        last = last < to ? last : to;                                                                                  \
        lanes##W acc[MR][V];                                                                                           \
        UNROLL for (int i = 0; i < MR; ++i) {                                                                          \
            UNROLL for (int j = 0; j < V - 1; ++j) acc[i][j] = from ? *(const lanes##W *)(c + i * ldc + j * W) : 0;    \
            acc[i][V - 1] = from ? LEVEL##_load(c + i * ldc + (V - 1) * W, part) : 0;                                  \
        }                                                                                                              \
        size_t p = from;                                                                                               \
        for (; p < first; ++p) {                                                                                       \
            lanes##W bs[V];                                                                                            \
            UNROLL for (int j = 0; j < V - 1; ++j) bs[j] = *(const lanes##W *)(b + p * ldb + j * W);                   \
            bs[V - 1] = LEVEL##_load(b + p * ldb + (V - 1) * W, part);                                                 \
            UNROLL for (int i = 0; i < MR; ++i) {                                                                      \
                const lanes##W as = (lanes##W)(a[i * lda + p]);                                                        \
                UNROLL for (int j = 0; j < V; ++j) acc[i][j] = __builtin_elementwise_fma(as, bs[j], acc[i][j]);        \
            }                                                                                                          \
        }                                                                                                              \
        for (; p < last; ++p) {                                                                                        \
            lanes##W bs[V];                                                                                            \
            UNROLL for (int j = 0; j < V - 1; ++j) bs[j] = *(const lanes##W *)(b + p * ldb + j * W);                   \
            bs[V - 1] = LEVEL##_load(b + p * ldb + (V - 1) * W, part);                                                 \
            UNROLL for (int i = 0; i < MR; ++i) {                                                                      \
                if (p >= ends[i]) continue;                                                                            \
                const lanes##W as = (lanes##W)(a[i * lda + p]);                                                        \
                UNROLL for (int j = 0; j < V; ++j) acc[i][j] = __builtin_elementwise_fma(as, bs[j], acc[i][j]);        \
            }                                                                                                          \
        }                                                                                                              \
        STORE(LEVEL, W, MR, V)                                                                                         \
    }

typedef size_t baseline_part;
INLINE() baseline_part baseline_first(size_t n) { return n; }
INLINE() lanes4 baseline_load(const float *p, baseline_part n) {
    lanes4 x = 0;
    for (size_t i = 0; i < n; ++i) x[i] = p[i];
    return x;
}
INLINE() void baseline_store(float *p, size_t n, lanes4 x) {
    for (size_t i = 0; i < n; ++i) p[i] = x[i];
}
// K for tiles of 1 to R rows of V vectors.
#define ROWS4(K, LEVEL, V) K(1, LEVEL, V) K(2, LEVEL, V) K(3, LEVEL, V) K(4, LEVEL, V)
#define ROWS6(K, LEVEL, V) ROWS4(K, LEVEL, V) K(5, LEVEL, V) K(6, LEVEL, V)
#define ROWS12(K, LEVEL, V)                                                                                            \
    ROWS6(K, LEVEL, V)                                                                                                 \
    K(7, LEVEL, V) K(8, LEVEL, V) K(9, LEVEL, V) K(10, LEVEL, V) K(11, LEVEL, V) K(12, LEVEL, V)
#define NAME(MR, LEVEL, V) LEVEL##_##MR##_##V,
#define MIX_NAME(MR, LEVEL, V) LEVEL##_mix_##MR##_##V,
// The kernels of those tiles, which K defines, and their tables.
#define TILES(K, LEVEL, R, V)                                                                                          \
    ROWS##R(K, LEVEL, V)                                                                                               \
    static const scrub_micro_kernel LEVEL##_kernels_##V[] = {ROWS##R(NAME, LEVEL, V)};                                 \
    static const scrub_mix_kernel LEVEL##_mix_kernels_##V[] = {ROWS##R(MIX_NAME, LEVEL, V)};
#define TABLES(LEVEL, R, V) {R, LEVEL##_kernels_##V, LEVEL##_mix_kernels_##V}

#define TILE(MR, LEVEL, V) KERNEL(LEVEL, , 4, MR, V) MIX(LEVEL, , 4, MR, V)
TILES(TILE, baseline, 4, 1) TILES(TILE, baseline, 4, 2)
#undef TILE
static const scrub_tiles baseline_tiles[] = {TABLES(baseline, 4, 1), TABLES(baseline, 4, 2)};
static const scrub_micro_kernels baseline = {"baseline 4x8", 4, 2, 256, baseline_tiles};

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma")))
typedef __m256i avx2_part;
INLINE(AVX2) avx2_part avx2_first(size_t n) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
INLINE(AVX2) lanes8 avx2_load(const float *p, avx2_part n) { return (lanes8)_mm256_maskload_ps(p, n); }
// A masked store costs dozens of operations on some CPUs.
INLINE(AVX2) void avx2_store(float *p, size_t n, lanes8 x) {
    lanes4 four = x.lo;
    if (n & 4) {
        *(lanes4 *)p = four;
        p += 4;
        four = x.hi;
    }
    if (n & 2) {
        *(lanes2 *)p = four.lo;
        p += 2;
        four.lo = four.hi;
    }
    if (n & 1) *p = four.x;
}
#define TILE(MR, LEVEL, V) KERNEL(LEVEL, AVX2, 8, MR, V) MIX(LEVEL, AVX2, 8, MR, V)
TILES(TILE, avx2, 6, 1) TILES(TILE, avx2, 6, 2)
#undef TILE
static const scrub_tiles avx2_tiles[] = {TABLES(avx2, 6, 1), TABLES(avx2, 6, 2)};
// 256 rows of a panel 16 wide fill half of a first-level cache of 32 KiB.
static const scrub_micro_kernels avx2 = {"avx2 6x16", 8, 2, 256, avx2_tiles};

#define AVX512 __attribute__((target("avx512f,fma")))
typedef __mmask16 avx512_part;
INLINE(AVX512) avx512_part avx512_first(size_t n) { return (__mmask16)((1u << n) - 1); }
INLINE(AVX512) lanes16 avx512_load(const float *p, avx512_part n) { return (lanes16)_mm512_maskz_loadu_ps(n, p); }
INLINE(AVX512) void avx512_store(float *p, size_t n, lanes16 x) {
    _mm512_mask_storeu_ps(p, avx512_first(n), (__m512)x);
}
#define TILE(MR, LEVEL, V) KERNEL(LEVEL, AVX512, 16, MR, V) MIX(LEVEL, AVX512, 16, MR, V)
TILES(TILE, avx512, 12, 1) TILES(TILE, avx512, 12, 2) TILES(TILE, avx512, 6, 3) TILES(TILE, avx512, 6, 4)
#undef TILE
static const scrub_tiles avx512_tiles[] = {TABLES(avx512, 12, 1), TABLES(avx512, 12, 2), TABLES(avx512, 6, 3),
                                           TABLES(avx512, 6, 4)};
// Wide tiles read fewer numbers for each sum, and a panel is read from the second-level cache as fast as it is used.
static const scrub_micro_kernels avx512 = {"avx512f 6x64", 16, 4, 768, avx512_tiles};
#endif

const scrub_micro_kernels *scrub_micro_kernels_at(int level) {
    if (level == 0) return &baseline;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (level == 1 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &avx2;
    if (level == 2 && __builtin_cpu_supports("avx512f")) return &avx512;
#endif
    return NULL;
}
