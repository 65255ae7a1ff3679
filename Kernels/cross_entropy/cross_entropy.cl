// y = sum over positions of w[p] ((m - l_y) + log1p(sum over j != a of exp(l_j - m))), m = l_a the greatest logit
// (the first of equals), y the label. No term cancels, whether the label is the greatest or not.
//
// One group a row. LANES neighbouring items share a position, WG / LANES positions are under way at once. The logits are
// read once: each item keeps VECTOR greatest logits so far and the sums of what the others weigh beside them (common.cl,
// MEET), which are united in a fixed order. Where a position's weight is 0 its label is not looked at; any other label
// outside 0..<width is reported, never read through, and makes the row NaN.
// From the plan: WEIGHTED, 1 where weights are given; else 0, and each position weighs 1 / positions.
// Tunables:
//   LANES = 8 | 1 2 4 8 16 32 64 | items that share one position
//   VECTOR = 4 | 1 4 8 16 | neighbouring logits of one item
#ifndef LANES
#define LANES 8
#endif
#ifndef VECTOR
#define VECTOR 4
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
    __local float sums[WG];
#if LANES > 1
    __local float greatest[WG];
#endif
    const uint t = (uint)get_local_id(0), lane = t % LANES;
    const ulong row = get_group_id(0);
    float total = 0.0f;
    for (uint p0 = 0; p0 < positions; p0 += WG / LANES) {
        const uint p = p0 + t / LANES;
        const bool live = p < positions;
        __global const float *l = logits + logits_at + row * logits_row + (ulong)p * width;

        VEC ms = (VEC)(-INFINITY), ss = (VEC)(0.0f);
        if (live)
            for (uint c = lane * VECTOR; c < width; c += LANES * VECTOR)
                MEET(PIECE_OF(l, c, width, -INFINITY), ms, ss)
        const float2 united = UNITED(ms, ss);
        float m = united.x, s = united.y;
#if LANES > 1
        greatest[t] = m;
        sums[t] = s;
        barrier(CLK_LOCAL_MEM_FENCE);
#endif
        if (live && lane == 0) {
#if LANES > 1
            for (uint i = 1; i < LANES; ++i) UNITE(float, m, s, greatest[t + i], sums[t + i])
#endif
#if WEIGHTED
            const float weight = weights[weights_at + row * weights_row + p];
#else
            const float weight = 1.0f / positions;
#endif
            if (weight != 0.0f) {
                const int label = labels[labels_at + row * labels_row + p];
                if (label >= 0 && label < (int)width) {
                    total += weight * ((m - l[label]) + log1p(s));
                } else {
                    report(status, step, first_row + (int)row, (int)p, label);
                    total = NAN;
                }
            }
        }
#if LANES > 1
        barrier(CLK_LOCAL_MEM_FENCE);
#endif
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    sums[t] = total;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (t == 0) {
        for (uint i = LANES; i < WG; i += LANES) total += sums[i];
        y[y_at + row] = total;
    }
}
