// Any CPU: what the compiler makes of vectors for its least instruction set.
#include "CMicroKernels.h"

#include "levels/lanes.h"

INLINE lanes load_part(const float *p, size_t n) {
    lanes x = 0;
    for (size_t i = 0; i < n; ++i) x[i] = p[i];
    return x;
}
INLINE void store_part(float *p, size_t n, lanes x) {
    for (size_t i = 0; i < n; ++i) p[i] = x[i];
}

#include "levels/vectors.h"

const scrub_vectors scrub_baseline_vectors = VECTORS;
