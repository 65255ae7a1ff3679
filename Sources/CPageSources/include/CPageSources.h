#pragma once
#include <stddef.h>

/// One embedded file of what pages are made of.
typedef struct {
    /// Its name: `page.css`.
    const char *name;
    /// Its text, followed by a zero byte.
    const char *text;
    /// Bytes of text without the zero.
    size_t length;
} page_source;

/// Every embedded file; `*count` receives how many.
const page_source *page_sources(size_t *count);
