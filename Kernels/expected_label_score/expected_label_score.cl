// y = sum over positions p and classes c of pi[p, c] f(logits[p], c): the expectation of label_score over labels that do
// not depend on the logits. With l_c - l_0 for l_c the margin's sum is (C sum(pi l) - sum(pi) sum(l)) / (C - 1), C the
// number of classes.
//
// One group a row. LANES neighbouring items share a position, WG / LANES positions are under way at once; partial
// sums are added in a fixed order.
// From the plan: KIND, 0 logit, 1 margin, 2 probability, 3 correct; SINGLE, 1 where a position has one logit l and the
// classes' logits are 0 and l, else 0.
// Tunables:
//   LANES = 8 | 1 2 4 8 16 32 64 | items that share one position
#ifndef LANES
#define LANES 8
#endif

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void expected_label_score(
    __global const float *logits, const ulong logits_at, const ulong logits_row,
    __global const float *pi, const ulong pi_at, const ulong pi_row,
    __global float *y, const ulong y_at, const uint positions, const uint classes)
{
    __local float greatest[WG], sums[WG], gains[WG], weights[WG];
    __local uint places[WG];
    const uint t = (uint)get_local_id(0), lane = t % LANES, first = t - lane;
    const ulong row = get_group_id(0);
    float total = 0.0f;
    for (uint p0 = 0; p0 < positions; p0 += WG / LANES) {
        const uint p = p0 + t / LANES;
        const bool live = p < positions;
        const ulong at = logits_at + row * logits_row + (ulong)p * (SINGLE ? 1 : classes);
        const ulong pi_from = pi_at + row * pi_row + (ulong)p * classes;

        // What is taken from every logit: nothing, the first, or the greatest.
        float from = 0.0f;
        uint a = classes;
#if KIND == 1
        if (live) from = class_logit(logits, at, 0, SINGLE);
#elif KIND == 2 || KIND == 3
        float m = -INFINITY;
        if (live)
            for (uint j = lane; j < classes; j += LANES) {
                const float l = class_logit(logits, at, j, SINGLE);
                // A NaN, once met, stays.
                if (a == classes || l > m || (isnan(l) && !isnan(m))) {
                    m = l;
                    a = j;
                }
            }
        greatest[t] = m;
        places[t] = a;
        barrier(CLK_LOCAL_MEM_FENCE);
        a = classes;
        for (uint i = first; i < first + LANES; ++i)
            if (places[i] < classes
                && (a == classes || greatest[i] > from || (greatest[i] == from && places[i] < a)
                    || (isnan(greatest[i]) && !isnan(from)))) {
                from = greatest[i];
                a = places[i];
            }
#endif

        float s = 0.0f, gain = 0.0f, weight = 0.0f;
        if (live && KIND != 3)
            for (uint j = lane; j < classes; j += LANES) {
                const float q = pi[pi_from + j];
#if KIND == 2
                const float l = exp(class_logit(logits, at, j, SINGLE) - from);
#else
                const float l = class_logit(logits, at, j, SINGLE) - from;
#endif
                s += l;
                gain += q * l;
                weight += q;
            }
        sums[t] = s;
        gains[t] = gain;
        weights[t] = weight;
        barrier(CLK_LOCAL_MEM_FENCE);
        if (live && lane == 0) {
            for (uint i = 1; i < LANES; ++i) {
                s += sums[first + i];
                gain += gains[first + i];
                weight += weights[first + i];
            }
#if KIND == 0
            total += gain;
#elif KIND == 1
            total += (classes * gain - weight * s) / (classes - 1);
#elif KIND == 2
            total += gain / s;
#elif KIND == 3
            total += isnan(from) || a == classes ? NAN : pi[pi_from + a];
#else
#error "KIND must be 0, 1, 2 or 3"
#endif
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    sums[t] = total;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (t == 0) {
        for (uint i = LANES; i < WG; i += LANES) total += sums[i];
        y[y_at + row] = total;
    }
}
