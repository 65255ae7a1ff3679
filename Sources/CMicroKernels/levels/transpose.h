// Vectors side by side, eight by eight: y[k][v] = x[v][k], each row of y `width` floats, a multiple of four; zeros for
// vectors from the count on.

INLINE eight interleave_low(eight a, eight b) { return __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13); }
INLINE eight interleave_high(eight a, eight b) { return __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15); }
INLINE eight pairs_low(eight a, eight b) { return __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13); }
INLINE eight pairs_high(eight a, eight b) { return __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15); }
INLINE eight halves_low(eight a, eight b) { return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11); }
INLINE eight halves_high(eight a, eight b) { return __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15); }

// Eight elements, or fewer, of up to eight vectors, side by side with zeros up to the eighth, or the fourth if that is
// all the room there is.
INLINE void transpose_block(size_t count, size_t elements, const float *x, size_t stride, float *y, size_t width,
                            int room) {
    static const float zeros[8] = {0};
    eight rows[8], pairs[8], fours[8];
    UNROLL for (size_t v = 0; v < 8; ++v) {
        const float *const row = v < count ? x + v * stride : zeros;
        rows[v] = elements == 8 ? load_eight(row) : load_part(row, elements).lo;
    }
    UNROLL for (int v = 0; v < 8; v += 2) {
        pairs[v] = interleave_low(rows[v], rows[v + 1]);
        pairs[v + 1] = interleave_high(rows[v], rows[v + 1]);
    }
    UNROLL for (int v = 0; v < 8; v += 4) {
        UNROLL for (int i = 0; i < 2; ++i) {
            fours[v + 2 * i] = pairs_low(pairs[v + i], pairs[v + 2 + i]);
            fours[v + 2 * i + 1] = pairs_high(pairs[v + i], pairs[v + 2 + i]);
        }
    }
    UNROLL for (size_t k = 0; k < 8; ++k) {
        if (k >= elements) continue;
        const eight row = k < 4 ? halves_low(fours[k], fours[k + 4]) : halves_high(fours[k - 4], fours[k]);
        if (room) store_eight(y + k * width, row);
        else *(four_anywhere *)(y + k * width) = row.lo;
    }
}

static void transpose_vectors(size_t count, size_t elements, const float *x, size_t stride, float *y, size_t width) {
    for (size_t v = 0; v < width; v += 8, x += 8 * stride, y += 8) {
        const size_t left = count > v ? count - v : 0;
        const int room = v + 8 <= width;
        if (elements < 8) {
            transpose_block(left, elements, x, stride, y, width, room);
            continue;
        }
        for (size_t k = 0; k < elements; k += 8) {
            // The last block lies over the one before, so that it is whole.
            const size_t from = k + 8 <= elements ? k : elements - 8;
            if (left >= 8) transpose_block(8, 8, x + from, stride, y + from * width, width, 1);
            else transpose_block(left, 8, x + from, stride, y + from * width, width, room);
        }
    }
}
