// Functions lane by lane: the edge computes what a whole vector would.

#define MAP(NAME, EXPRESSION)                                                                                          \
    static void NAME(size_t count, const float *from, float *to) {                                                     \
        size_t i = 0;                                                                                                  \
        for (; i + LANES <= count; i += LANES) {                                                                       \
            const lanes x = load(from + i);                                                                            \
            store(to + i, EXPRESSION);                                                                                 \
        }                                                                                                              \
        if (i < count) {                                                                                               \
            const lanes x = load_part(from + i, count - i);                                                            \
            store_part(to + i, count - i, EXPRESSION);                                                                 \
        }                                                                                                              \
    }

MAP(exp_map, exp_of(x))
MAP(tanh_map, tanh_of(x))
MAP(erf_map, erf_of(x))
// Exact; -0 gives 0, and NaN stays NaN.
MAP(relu_map, x <= 0.0f ? (lanes)0.0f : x)
MAP(gelu_map, 0.5f * x * (1.0f + erf_of(x * 0.707106781f)))
MAP(gelu_tanh_map, 0.5f * x * (1.0f + tanh_of(0.797884561f * (x + 0.044715f * (x * x * x)))))
#undef MAP

#define MAP_TWO(NAME, EXPRESSION)                                                                                      \
    static void NAME(size_t count, const float *one, const float *other, float *to) {                                  \
        size_t i = 0;                                                                                                  \
        for (; i + LANES <= count; i += LANES) {                                                                       \
            const lanes a = load(one + i), b = load(other + i);                                                        \
            store(to + i, EXPRESSION);                                                                                 \
        }                                                                                                              \
        if (i < count) {                                                                                               \
            const lanes a = load_part(one + i, count - i), b = load_part(other + i, count - i);                        \
            store_part(to + i, count - i, EXPRESSION);                                                                 \
        }                                                                                                              \
    }

MAP_TWO(add_map, a + b)
MAP_TWO(subtract_map, a - b)
MAP_TWO(multiply_map, a * b)
#undef MAP_TWO

static void scale_map(size_t count, const float *x, float factor, float *y) {
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) store(y + i, load(x + i) * factor);
    if (i < count) store_part(y + i, count - i, load_part(x + i, count - i) * factor);
}
