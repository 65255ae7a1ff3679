// y = sum over positions of w[p] f(logits[p], label[p]), f of KIND 0 the label's logit, 1 the same less the mean of the
// other classes' logits, 2 the label's softmax probability, 3 whether the label is the first of the greatest.
//
// One group a row. LANES neighbouring items share a position, WG / LANES positions are under way at once; partial
// sums are added in a fixed order. Where a position's weight is 0 its label is not looked at; any other label that is
// no class is reported, never read through, and makes the row NaN.
// From the plan: KIND; SINGLE, 1 where a position has one logit l and the classes' logits are 0 and l, else 0;
// WEIGHTED, 1 where weights are given; else 0, and each position weighs 1 / positions.
// Tunables:
//   LANES = 8 | 1 2 4 8 16 32 64 | items that share one position
#ifndef LANES
#define LANES 8
#endif

// What class j takes from the label's score.
static inline float rivalry(const float l, const float own, const bool earlier)
{
#if KIND == 1
    return own - l;
#elif KIND == 2
    return exp(l - own);
#elif KIND == 3
    if (isnan(l) || isnan(own)) return NAN;
    return l > own || (l == own && earlier) ? 1.0f : 0.0f;
#else
    return 0.0f;
#endif
}

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void label_score(
    __global const float *logits, const ulong logits_at, const ulong logits_row,
    __global const int *labels, const ulong labels_at, const ulong labels_row,
#if WEIGHTED
    __global const float *weights, const ulong weights_at, const ulong weights_row,
#endif
    __global float *y, const ulong y_at, const uint positions, const uint classes,
    volatile __global int *status, const int step, const int first_row)
{
    __local float sums[WG];
    const uint t = (uint)get_local_id(0), lane = t % LANES, first = t - lane;
    const ulong row = get_group_id(0);
    float total = 0.0f;
    for (uint p0 = 0; p0 < positions; p0 += WG / LANES) {
        const uint p = p0 + t / LANES;
        const ulong at = logits_at + row * logits_row + (ulong)p * (SINGLE ? 1 : classes);
        float weight = 0.0f;
        if (p < positions)
#if WEIGHTED
            weight = weights[weights_at + row * weights_row + p];
#else
            weight = 1.0f / positions;
#endif
        const int label = weight != 0.0f ? labels[labels_at + row * labels_row + p] : -1;
        const bool known = label >= 0 && label < (int)classes;
        const float own = known ? class_logit(logits, at, (uint)label, SINGLE) : NAN;
        float s = 0.0f;
        if (known && KIND != 0)
            for (uint j = lane; j < classes; j += LANES)
                if (j != (uint)label) s += rivalry(class_logit(logits, at, j, SINGLE), own, j < (uint)label);
        barrier(CLK_LOCAL_MEM_FENCE);
        sums[t] = s;
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lane == 0 && weight != 0.0f) {
            for (uint i = 1; i < LANES; ++i) s += sums[first + i];
            if (!known) {
                report(status, step, first_row + (int)row, (int)p, label);
                total = NAN;
            }
#if KIND == 0
            total += weight * own;
#elif KIND == 1
            total += weight * (s / (classes - 1));
#elif KIND == 2
            total += weight * (1.0f / (1.0f + s));
#elif KIND == 3
            total += weight * (isnan(s) ? s : s == 0.0f ? 1.0f : 0.0f);
#else
#error "KIND must be 0, 1, 2 or 3"
#endif
        }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    sums[t] = total;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (t == 0) {
        for (uint i = LANES; i < WG; i += LANES) total += sums[i];
        y[y_at + row] = total;
    }
}
