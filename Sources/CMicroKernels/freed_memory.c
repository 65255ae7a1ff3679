#include <stdlib.h>

#include "freed_memory.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

void scrub_give_back_freed_memory(void) {
#if defined(__GLIBC__)
    // Once set, this threshold no longer grows.
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}
