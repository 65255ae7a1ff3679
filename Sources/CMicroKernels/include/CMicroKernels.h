#pragma once
#include <stddef.h>
#include "freed_memory.h"
#include "sha256.h"

#pragma clang assume_nonnull begin

// What Swift cannot say, because it needs one function compiled for several instruction sets. Every level gives the
// same bits: a fused multiply-add is fused at all of them or at none, lanes mix in one fixed order, and a function that
// works lane by lane may take as many lanes at a time as there are.

// One tile of a matrix product, MR x (V * lanes): for each element
//     c[i][j] = fma(a[i][k-1], b[k-1][j], ... fma(a[i][0], b[0][j], s)), s = start[j], or c[i][j] where start is NULL.
// a: row-major, rows lda apart. b: a packed panel, V * lanes floats for each k, zero-padded. start: V * lanes floats.
// c: row-major, rows ldc apart; only its first `columns` columns are read or written, (V-1) * lanes < columns <= V *
// lanes.
typedef void (*scrub_micro_kernel)(size_t k, const float *a, size_t lda, const float *b, const float *_Nullable start,
                                   float *c, size_t ldc, size_t columns);

// One tile of a product with the rows of b as they lie, ldb apart, where row i of a is summed as far as ends[i]:
//     c[i][j] = fma(a[i][e-1], b[e-1][j], ... fma(a[i][from], b[from][j], s)), e = min(to, ends[i]),
// s = 0 where from is 0, otherwise c[i][j]. a and b begin at k = 0. Nothing beyond `columns` is read or written.
typedef void (*scrub_mix_kernel)(size_t from, size_t to, const size_t *ends, const float *a, size_t lda, const float *b,
                                 size_t ldb, float *c, size_t ldc, size_t columns);

// The kernels for tiles of so many vectors, by number of rows less one: 1...rows.
typedef struct {
    int rows;
    const scrub_micro_kernel _Nonnull *_Nonnull kernels;
    const scrub_mix_kernel _Nonnull *_Nonnull mix_kernels;
} scrub_tiles;

// The kernels of one instruction set, by number of vectors less one: 1...vectors. The rows of tiles[0] are a multiple of
// those of each other. `inner` is how much of k a panel is best swept by at a time.
typedef struct {
    const char *name;
    int lanes;
    int vectors;
    int inner;
    const scrub_tiles *tiles;
} scrub_micro_kernels;

// Level 0: any CPU; 1: AVX2 and FMA; 2: AVX-512F. NULL where this CPU lacks it or there is no such level.
const scrub_micro_kernels *_Nullable scrub_micro_kernels_at(int level);

// y[i] = f(x[i]).
typedef void (*scrub_map)(size_t count, const float *x, float *y);
// y[i] = f(a[i], b[i]).
typedef void (*scrub_map_two)(size_t count, const float *a, const float *b, float *y);

// Functions on rows of floats, for one instruction set. Nothing outside the ranges that are given is read or written,
// and y may be x.
typedef struct {
    scrub_map exp;
    scrub_map tanh;
    scrub_map erf;
    scrub_map relu;
    scrub_map gelu;
    scrub_map gelu_tanh;
    scrub_map_two add;
    scrub_map_two subtract;
    scrub_map_two multiply;
    // y[i] = x[i] * factor.
    void (*scale)(size_t count, const float *x, float factor, float *y);
    // y[v] = (x[0][v] + x[1][v]) + x[2][v] + ..., v a vector of `width`; x[n][v] stands at x[n] + v * strides[n].
    void (*sum)(size_t addends, const float *_Nonnull const *_Nonnull x, const size_t *strides, size_t vectors,
                size_t width, float *y);
    // Each vector of `width` less its mean, divided by its deviation: times w, plus b, where w is not NULL.
    void (*normalise)(size_t vectors, size_t width, const float *x, const float *_Nullable w,
                      const float *_Nullable b, float epsilon, float *y);
    // Replaces the first limits[i] scores of each row by their softmax, times `scale`; those whose mask is 0 count as
    // `masked`. mask: one float for each score of a row, or NULL. Rows are `stride` apart and end in whole vectors of
    // 16, the last of which is written.
    void (*softmax)(size_t rows, float *scores, size_t stride, const size_t *limits, float scale,
                    const float *_Nullable mask, float masked);
    // The sum of exp(x[i] - most), in double precision; most is not less than any x[i].
    double (*exponentials)(size_t count, const float *x, float most);
    // The sum of P_j (exp(d_j) - 1 - d_j), d_j = log Q_j - log P_j, where log P_j is p[j] - of_p, and log Q_j alike.
    double (*divergence)(size_t count, const float *p, const float *q, double of_p, double of_q);
    // Where the first of the greatest stands; 0 where all are NaN, anywhere where some are.
    size_t (*greatest)(size_t count, const float *x);
    // y[k][v] = x[v][k] for `count` vectors of `elements`, `stride` apart; zeros from the count to the width of y's
    // rows, a multiple of four.
    void (*transpose)(size_t count, size_t elements, const float *x, size_t stride, float *y, size_t width);
    // The sum of counts[i] * x[i], in eight lanes, in double precision.
    double (*counted_sum)(size_t count, const unsigned char *counts, const double *x);
} scrub_vectors;

// As scrub_micro_kernels_at.
const scrub_vectors *_Nullable scrub_vectors_at(int level);

// Of the best level that this CPU has.
const scrub_vectors *scrub_best_vectors(void);

// Asks for memory that is read soon: its first kibibyte, after which the CPU sees the pattern by itself.
static inline void scrub_prefetch(const void *from, size_t bytes) {
    for (size_t at = 0; at < bytes && at < 1024; at += 64) __builtin_prefetch((const char *)from + at);
}

// How this thread computes with floats, among it whether numbers below 2^-126 count as 0.
typedef unsigned long scrub_float_mode;

// The present mode; then sets one that was read before.
static inline scrub_float_mode scrub_read_float_mode(void) {
#if defined(__x86_64__)
    return __builtin_ia32_stmxcsr();
#elif defined(__aarch64__)
    unsigned long mode;
    __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
    return mode;
#else
    return 0;
#endif
}
static inline void scrub_set_float_mode(scrub_float_mode mode) {
#if defined(__x86_64__)
    __builtin_ia32_ldmxcsr((unsigned)mode);
#elif defined(__aarch64__)
    __asm__ volatile("msr fpcr, %0" : : "r"(mode));
#endif
}

// The bits by which numbers below 2^-126 count as 0, read or made.
static inline scrub_float_mode scrub_flushing_bits(void) {
#if defined(__x86_64__)
    const unsigned flush_to_zero = 1u << 15, denormals_are_zero = 1u << 6;
    return flush_to_zero | denormals_are_zero;
#elif defined(__aarch64__)
    return 1ul << 24;
#else
    return 0;
#endif
}

// From here on they do, on this thread; or do not. Gives the mode before.
static inline scrub_float_mode scrub_flush_subnormals(void) {
    const scrub_float_mode mode = scrub_read_float_mode();
    scrub_set_float_mode(mode | scrub_flushing_bits());
    return mode;
}
static inline scrub_float_mode scrub_keep_subnormals(void) {
    const scrub_float_mode mode = scrub_read_float_mode();
    scrub_set_float_mode(mode & ~scrub_flushing_bits());
    return mode;
}

#pragma clang assume_nonnull end
