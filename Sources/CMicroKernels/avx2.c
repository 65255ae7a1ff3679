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
INLINE void store_part(float *p, size_t n, lanes x) {
    _mm256_maskstore_ps(p, first((int)n), (__m256)x.lo);
    _mm256_maskstore_ps(p + 8, first((int)n - 8), (__m256)x.hi);
}

#include "levels/vectors.h"

const scrub_vectors scrub_avx2_vectors = VECTORS;

#pragma clang attribute pop
#endif
