// Layer norm: mean and variance in two passes, each a sum in eight lanes and then, one by one, what is left of a whole
// vector of eight. Four vectors go side by side, since each such sum waits for its own additions.

#define TOGETHER 4

INLINE void sums_of(int together, size_t width, const float *x, const float *means, float *sums) {
    eight acc[TOGETHER];
    UNROLL for (int v = 0; v < together; ++v) acc[v] = 0;
    size_t i = 0;
    for (; i + 8 <= width; i += 8) {
        UNROLL for (int v = 0; v < together; ++v) {
            const eight x_v = load_eight(x + v * width + i);
            const eight d = means ? x_v - means[v] : x_v;
            acc[v] += means ? d * d : d;
        }
    }
    UNROLL for (int v = 0; v < together; ++v) sums[v] = total(acc[v]);
    for (; i < width; ++i) {
        UNROLL for (int v = 0; v < together; ++v) {
            const float x_v = x[v * width + i];
            const float d = means ? x_v - means[v] : x_v;
            sums[v] += means ? d * d : d;
        }
    }
}

INLINE void normalise_few(int together, size_t width, const float *x, const float *w, const float *b, float epsilon,
                          float *y) {
    float means[TOGETHER], scales[TOGETHER];
    sums_of(together, width, x, NULL, means);
    UNROLL for (int v = 0; v < together; ++v) means[v] /= (float)width;
    sums_of(together, width, x, means, scales);
    UNROLL for (int v = 0; v < together; ++v) {
        scales[v] = 1.0f / __builtin_elementwise_sqrt(scales[v] / (float)width + epsilon);
    }
    UNROLL for (int v = 0; v < together; ++v, x += width, y += width) {
        size_t i = 0;
        for (; i + 8 <= width; i += 8) {
            const eight z = (load_eight(x + i) - means[v]) * scales[v];
            store_eight(y + i, w ? z * load_eight(w + i) + load_eight(b + i) : z);
        }
        for (; i < width; ++i) {
            const float z = (x[i] - means[v]) * scales[v];
            y[i] = w ? z * w[i] + b[i] : z;
        }
    }
}

static void normalise_rows(size_t vectors, size_t width, const float *x, const float *w, const float *b, float epsilon,
                           float *y) {
    size_t v = 0;
    for (; v + TOGETHER <= vectors; v += TOGETHER) {
        normalise_few(TOGETHER, width, x + v * width, w, b, epsilon, y + v * width);
    }
    for (; v < vectors; ++v) normalise_few(1, width, x + v * width, w, b, epsilon, y + v * width);
}
#undef TOGETHER
