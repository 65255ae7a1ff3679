#pragma once
#include <stddef.h>

/// One embedded file of the top-level folder Kernels.
typedef struct {
    /// Its path below Kernels, `gather/gather.cl`, or below Kernels/tuning.
    const char *name;
    /// Its text, followed by a zero byte.
    const char *text;
    /// Bytes of text without the zero.
    size_t length;
} kernel_source;

/// Every embedded file; `*count` receives how many.
const kernel_source *kernel_sources(size_t *count);

/// Every embedded tuning of Kernels/tuning; `*count` receives how many.
const kernel_source *shipped_tunings(size_t *count);
