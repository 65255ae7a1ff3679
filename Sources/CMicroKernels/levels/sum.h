// Addends one after another, a few vectors at a time through all of them, so that y is written once.

#define RUN(VECTOR, LOAD, STORE)                                                                                       \
    VECTOR sum = LOAD(x[0] + v * strides[0] + i);                                                                      \
    for (size_t n = 1; n < addends; ++n) sum += LOAD(x[n] + v * strides[n] + i);                                       \
    STORE(y + i, sum)

INLINE float load_one(const float *p) { return *p; }
INLINE void store_one(float *p, float x) { *p = x; }

static void sum_of(size_t addends, const float *const *x, const size_t *strides, size_t vectors, size_t width,
                   float *y) {
    for (size_t v = 0; v < vectors; ++v, y += width) {
        size_t i = 0;
        for (; i + LANES <= width; i += LANES) { RUN(lanes, load, store); }
        for (; i + 8 <= width; i += 8) { RUN(eight, load_eight, store_eight); }
        for (; i < width; ++i) { RUN(float, load_one, store_one); }
    }
}
#undef RUN
