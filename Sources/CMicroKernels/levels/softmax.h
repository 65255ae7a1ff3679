// exp(scale · score - greatest), times the reciprocal of their sum, which is taken in sixteen lanes by key.
//
// Each of the three passes goes through a few rows before the next, which would wait for what the pass found of a row.

#define TOGETHER 8

INLINE float scale_row(float *s, size_t limit, float scale, const float *mask, float masked) {
    integers ascending;
    UNROLL for (int i = 0; i < LANES; ++i) ascending[i] = i;
    lanes most = -__builtin_inff();
    for (size_t j = 0; j < limit; j += LANES) {
        lanes x = load(s + j) * scale;
        const size_t left = limit - j;
        if (mask) {
            const lanes m = left >= LANES ? load(mask + j) : load_part(mask + j, left);
            x = m == 0.0f ? (lanes)masked : x;
        }
        // Keys from the limit on count as exp(-infinity).
        if (left < LANES) x = ascending < (int)left ? x : (lanes)-__builtin_inff();
        most = greater(most, x);
        store(s + j, x);
    }
    return greatest_lane(most);
}

static void softmax_rows(size_t rows, float *scores, size_t stride, const size_t *limits, float scale,
                         const float *mask, float masked) {
    float found[TOGETHER];
    for (size_t first = 0; first < rows; first += TOGETHER, scores += TOGETHER * stride, limits += TOGETHER) {
        const size_t count = rows - first < TOGETHER ? rows - first : TOGETHER;
        for (size_t i = 0; i < count; ++i) {
            float *const s = scores + i * stride;
            found[i] = mask ? scale_row(s, limits[i], scale, mask, masked) : scale_row(s, limits[i], scale, NULL, 0);
        }
        for (size_t i = 0; i < count; ++i) {
            lanes sums = 0;
            for (size_t j = 0; j < limits[i]; j += LANES) {
                const lanes e = exp_of_negative(load(scores + i * stride + j) - found[i]);
                sums += e;
                store(scores + i * stride + j, e);
            }
            found[i] = total(sums.lo + sums.hi);
        }
        for (size_t i = 0; i < count; ++i) {
            const float share = 1.0f / found[i];
            for (size_t j = 0; j < limits[i]; j += LANES) {
                store(scores + i * stride + j, load(scores + i * stride + j) * share);
            }
        }
    }
}
#undef TOGETHER
