// What cross-entropies need of many logits.

static double exponentials_of(size_t count, const float *x, float most) {
    doubles sums = 0;
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) sums = add_doubles(sums, exp_of_negative(load(x + i) - most));
    if (i < count) {
        lanes rest = -__builtin_inff();
        for (size_t j = 0; j < count - i; ++j) rest[j] = x[i + j];
        sums = add_doubles(sums, exp_of_negative(rest - most));
    }
    const __typeof__(sums.lo) four = sums.lo + sums.hi;
    return (four.x + four.z) + (four.y + four.w);
}

static size_t greatest_of(size_t count, const float *x) {
    lanes most = -__builtin_inff();
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) most = greater(most, load(x + i));
    float found = greatest_lane(most);
    for (; i < count; ++i) found = x[i] > found ? x[i] : found;
    for (i = 0; i + LANES <= count && !__builtin_reduce_or(load(x + i) == found); i += LANES) {}
    for (; i < count; ++i) {
        if (x[i] == found) return i;
    }
    return 0;
}
