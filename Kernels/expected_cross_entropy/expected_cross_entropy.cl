// y = sum over positions p and labels y of pi[p, y] ((m - l_y) + log1p(sum over j != a of exp(l_j - m))), m = l_a the
// greatest logit (the first of equals): the expected cross-entropy over labels that do not depend on the logits. The
// log1p term is the same for every label of a position, so it is weighed once, by the sum of pi. No term cancels.
//
// One group a row. LANES neighbouring items share a position, WG / LANES positions are under way at once; partial
// sums are added in a fixed order.
// Tunables:
//   LANES = 8 | 1 2 4 8 16 32 64 | items that share one position
#ifndef LANES
#define LANES 8
#endif

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void expected_cross_entropy(
    __global const float *logits, const ulong logits_at, const ulong logits_row,
    __global const float *pi, const ulong pi_at, const ulong pi_row,
    __global float *y, const ulong y_at, const uint positions, const uint width)
{
    __local float greatest[WG], sums[WG], gaps[WG], weights[WG];
    __local uint places[WG];
    const uint t = (uint)get_local_id(0), lane = t % LANES, first = t - lane;
    const ulong row = get_group_id(0);
    float total = 0.0f;
    for (uint p0 = 0; p0 < positions; p0 += WG / LANES) {
        const uint p = p0 + t / LANES;
        const bool live = p < positions;
        const ulong at = logits_at + row * logits_row + (ulong)p * width;
        const ulong pi_from = pi_at + row * pi_row + (ulong)p * width;

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

        float s = 0.0f, gap = 0.0f, weight = 0.0f;
        if (live)
            for (uint j = lane; j < width; j += LANES) {
                const float l = logits[at + j], q = pi[pi_from + j];
                if (j != a) s += exp(l - m);
                gap += q * (m - l);
                weight += q;
            }
        sums[t] = s;
        gaps[t] = gap;
        weights[t] = weight;
        barrier(CLK_LOCAL_MEM_FENCE);
        if (live && lane == 0) {
            for (uint i = 1; i < LANES; ++i) {
                s += sums[first + i];
                gap += gaps[first + i];
                weight += weights[first + i];
            }
            total += gap + weight * log1p(s);
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
