#pragma once
#include <stddef.h>
/// One embedded file of the top-level folder Kernels.
typedef struct { const char *name; const char *text; size_t length; } kernel_source;
/// Every embedded file; `*count` receives how many.
const kernel_source *kernel_sources(size_t *count);
