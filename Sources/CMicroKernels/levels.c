#include "CMicroKernels.h"

extern const scrub_vectors scrub_baseline_vectors, scrub_avx2_vectors, scrub_avx512_vectors;

const scrub_vectors *scrub_vectors_at(int level) {
    if (level == 0) return &scrub_baseline_vectors;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (level == 1 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &scrub_avx2_vectors;
    if (level == 2 && __builtin_cpu_supports("avx512f")) return &scrub_avx512_vectors;
#endif
    return NULL;
}

const scrub_vectors *scrub_best_vectors(void) {
    for (int level = 2; level > 0; --level) {
        const scrub_vectors *found = scrub_vectors_at(level);
        if (found) return found;
    }
    return &scrub_baseline_vectors;
}
