// y = sum over positions of w[p] ((m - l_y) + log1p(sum over j != a of exp(l_j - m))), m = l_a the greatest logit
// (the first of equals), y the label. No term cancels, whether the label is the greatest or not.
//
// One group a row. LANES neighbouring items share a position, WG / LANES positions are under way at once; partial
// sums are added in a fixed order. Where a position's weight is 0 its label is not looked at; any other label outside
// 0..<width is reported, never read through, and makes the row NaN.
// From the plan: WEIGHTED, 1 where weights are given; else 0, and each position weighs 1 / positions.
// Tunables:
//   LANES = 8 | 1 2 4 8 16 32 64 | items that share one position
#ifndef LANES
#define LANES 8
#endif

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void cross_entropy(
    __global const float *logits, const ulong logits_at, const ulong logits_row,
    __global const int *labels, const ulong labels_at, const ulong labels_row,
#if WEIGHTED
    __global const float *weights, const ulong weights_at, const ulong weights_row,
#endif
    __global float *y, const ulong y_at, const uint positions, const uint width,
    volatile __global int *status, const int step, const int first_row)
{
    __local float greatest[WG], sums[WG];
    __local uint places[WG];
    const uint t = (uint)get_local_id(0), lane = t % LANES, first = t - lane;
    const ulong row = get_group_id(0);
    float total = 0.0f;
    for (uint p0 = 0; p0 < positions; p0 += WG / LANES) {
        const uint p = p0 + t / LANES;
        const bool live = p < positions;
        const ulong at = logits_at + row * logits_row + (ulong)p * width;

        float m = -INFINITY;
        uint a = width;
        if (live)
            for (uint j = lane; j < width; j += LANES) {
                const float l = logits[at + j];
                if (a == width || l > m) {
                    m = l;
                    a = j;
                }
            }
        greatest[t] = m;
        places[t] = a;
        barrier(CLK_LOCAL_MEM_FENCE);
        m = -INFINITY;
        a = width;
        for (uint i = first; i < first + LANES; ++i)
            if (places[i] < width && (a == width || greatest[i] > m || (greatest[i] == m && places[i] < a))) {
                m = greatest[i];
                a = places[i];
            }

        float s = 0.0f;
        if (live)
            for (uint j = lane; j < width; j += LANES)
                if (j != a) s += exp(logits[at + j] - m);
        sums[t] = s;
        barrier(CLK_LOCAL_MEM_FENCE);
        if (live && lane == 0) {
            for (uint i = 1; i < LANES; ++i) s += sums[first + i];
#if WEIGHTED
            const float weight = weights[weights_at + row * weights_row + p];
#else
            const float weight = 1.0f / positions;
#endif
            if (weight != 0.0f) {
                const int label = labels[labels_at + row * labels_row + p];
                if (label >= 0 && label < (int)width) {
                    total += weight * ((m - logits[at + label]) + log1p(s));
                } else {
                    report(status, step, first_row + (int)row, (int)p, label);
                    total = NAN;
                }
            }
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
