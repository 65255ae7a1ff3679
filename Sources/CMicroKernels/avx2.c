// AVX2 with FMA.
#include "CMicroKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#include "levels/lanes.h"

// The first n lanes of eight, n of either sign.
INLINE __m256i first(int n) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
INLINE lanes load_part(const float *p, size_t n) {
    lanes x;
    x.lo = (eight)_mm256_maskload_ps(p, first((int)n));
    x.hi = (eight)_mm256_maskload_ps(p + 8, first((int)n - 8));
    return x;
}
// A masked store costs dozens of operations on some CPUs.
INLINE void store_part(float *p, size_t n, lanes x) {
    eight part = x.lo;
    if (n & 8) {
        store_eight(p, part);
        p += 8;
        part = x.hi;
    }
    __typeof__(part.lo) few = part.lo;
    if (n & 4) {
        *(four_anywhere *)p = few;
        p += 4;
        few = part.hi;
    }
    for (size_t i = 0; i < (n & 3); ++i) p[i] = few[i];
}

#include "levels/vectors.h"

const scrub_vectors scrub_avx2_vectors = VECTORS;

#pragma clang attribute pop
#endif
