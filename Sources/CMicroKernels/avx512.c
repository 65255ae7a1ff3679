// AVX-512F.
#include "CMicroKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,fma"))), apply_to = function)

#include "levels/lanes.h"

INLINE __mmask16 first(size_t n) { return (__mmask16)((1u << n) - 1); }
INLINE lanes load_part(const float *p, size_t n) { return (lanes)_mm512_maskz_loadu_ps(first(n), p); }
INLINE void store_part(float *p, size_t n, lanes x) { _mm512_mask_storeu_ps(p, first(n), (__m512)x); }

#include "levels/vectors.h"

const scrub_vectors scrub_avx512_vectors = VECTORS;

#pragma clang attribute pop
#endif
