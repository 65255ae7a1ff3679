// What cross-entropies and divergences need of many logits.

static double exponentials_of(size_t count, const float *x, float most) {
    doubles sums = 0;
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) sums = add_doubles(sums, exp_of_negative(load(x + i) - most));
    if (i < count) {
        lanes rest = -__builtin_inff();
        for (size_t j = 0; j < count - i; ++j) rest[j] = x[i + j];
        sums = add_doubles(sums, exp_of_negative(rest - most));
    }
    return total_of_doubles(sums);
}

// (e^d - 1 - d) / d² for |d| <= 1: its series, of which what is left out is less than 2^-27 of it.
INLINE lanes excess_of(lanes d) {
    const lanes head = polynomial(d, 1.0f / 39916800, 1.0f / 3628800, 1.0f / 362880, 1.0f / 40320, 1.0f / 5040);
    const lanes middle = fused(fused(head, d, (lanes)(1.0f / 720)), d, (lanes)(1.0f / 120));
    return fused(fused(fused(middle, d, (lanes)(1.0f / 24)), d, (lanes)(1.0f / 6)), d, (lanes)0.5f);
}

// Of sixteen classes, P_j (e^d - 1 - d), d = log Q_j - log P_j, where log P_j is p[j] - of_p, and log Q_j alike.
INLINE lanes divergence_terms(lanes p, lanes q, double of_p, double of_q) {
    const doubles p_lo = __builtin_convertvector(p.lo, doubles) - of_p, p_hi = __builtin_convertvector(p.hi, doubles) - of_p;
    const doubles q_lo = __builtin_convertvector(q.lo, doubles) - of_q, q_hi = __builtin_convertvector(q.hi, doubles) - of_q;
    const lanes mass = exp_of_negative(joined(p_lo, p_hi)), other = exp_of_negative(joined(q_lo, q_hi));
    const lanes d = joined(q_lo - p_lo, q_hi - p_hi);
    // Beyond 1 nothing cancels, and P_j exp(d), which is Q_j, cannot overflow; below the range of float it may be lost.
    return at_least(magnitude(d) <= 1.0f ? mass * (d * d) * excess_of(d) : other - mass * (1.0f + d), 0);
}

static double divergence_of(size_t count, const float *p, const float *q, double of_p, double of_q) {
    doubles sums = 0;
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        sums = add_doubles(sums, divergence_terms(load(p + i), load(q + i), of_p, of_q));
    }
    if (i < count) {
        lanes terms = divergence_terms(load_part(p + i, count - i), load_part(q + i, count - i), of_p, of_q);
        for (size_t j = count - i; j < LANES; ++j) terms[j] = 0;
        sums = add_doubles(sums, terms);
    }
    return total_of_doubles(sums);
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
