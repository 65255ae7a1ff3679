// y = the mean over positions of sum over classes of P_j (exp(d_j) - 1 - d_j), d_j = log Q_j - log P_j, where P and Q are
// the softmax of p and q: the divergence of Q from P, in terms none of which is negative.
//
// One group a row. LANES neighbouring items share a position, WG / LANES positions are under way at once; partial
// sums are added in a fixed order.
// From the plan: SINGLE, 1 where a position has one logit l and the classes' logits are 0 and l, else 0.
// Tunables:
//   LANES = 8 | 1 2 4 8 16 32 64 | items that share one position
#ifndef LANES
#define LANES 8
#endif

// exp(d) - 1 - d; by its series where that cancels.
static inline float excess(const float d)
{
    if (fabs(d) > 0.5f) return expm1(d) - d;
    float s = 1.0f + d / 9.0f;
    for (int n = 8; n > 2; --n) s = 1.0f + d / n * s;
    return 0.5f * d * d * s;
}

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void kl_divergence(
    __global const float *p_logits, const ulong p_at, const ulong p_row,
    __global const float *q_logits, const ulong q_at, const ulong q_row,
    __global float *y, const ulong y_at, const uint positions, const uint classes)
{
    __local float sums_p[WG], sums_q[WG];
    const uint t = (uint)get_local_id(0), lane = t % LANES, first = t - lane;
    const ulong row = get_group_id(0);
    float total = 0.0f;
    for (uint place0 = 0; place0 < positions; place0 += WG / LANES) {
        const uint place = place0 + t / LANES;
        const bool live = place < positions;
        const ulong from_p = p_at + row * p_row + (ulong)place * (SINGLE ? 1 : classes);
        const ulong from_q = q_at + row * q_row + (ulong)place * (SINGLE ? 1 : classes);

        float m = -INFINITY, n = -INFINITY;
        if (live)
            for (uint j = lane; j < classes; j += LANES) {
                m = fmax(m, class_logit(p_logits, from_p, j, SINGLE));
                n = fmax(n, class_logit(q_logits, from_q, j, SINGLE));
            }
        sums_p[t] = m;
        sums_q[t] = n;
        barrier(CLK_LOCAL_MEM_FENCE);
        for (uint i = first; i < first + LANES; ++i) {
            m = fmax(m, sums_p[i]);
            n = fmax(n, sums_q[i]);
        }
        barrier(CLK_LOCAL_MEM_FENCE);

        float s = 0.0f, r = 0.0f;
        if (live)
            for (uint j = lane; j < classes; j += LANES) {
                s += exp(class_logit(p_logits, from_p, j, SINGLE) - m);
                r += exp(class_logit(q_logits, from_q, j, SINGLE) - n);
            }
        sums_p[t] = s;
        sums_q[t] = r;
        barrier(CLK_LOCAL_MEM_FENCE);
        s = 0.0f;
        r = 0.0f;
        for (uint i = first; i < first + LANES; ++i) {
            s += sums_p[i];
            r += sums_q[i];
        }
        barrier(CLK_LOCAL_MEM_FENCE);

        float k = 0.0f;
        if (live) {
            const float log_s = log(s), log_r = log(r), shift = (n - m) + (log_r - log_s);
            for (uint j = lane; j < classes; j += LANES) {
                const float a = class_logit(p_logits, from_p, j, SINGLE), b = class_logit(q_logits, from_q, j, SINGLE);
                const float d = (b - a) - shift, mass = exp((a - m) - log_s);
                // Beyond 1 the exponential may overflow where P_j underflows: P_j exp(d_j) is Q_j.
                k += d > 1.0f ? exp((b - n) - log_r) - mass * (1.0f + d) : mass * excess(d);
            }
        }
        sums_p[t] = k;
        barrier(CLK_LOCAL_MEM_FENCE);
        if (live && lane == 0) {
            for (uint i = 1; i < LANES; ++i) k += sums_p[first + i];
            total += k;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    sums_p[t] = total;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (t == 0) {
        for (uint i = LANES; i < WG; i += LANES) total += sums_p[i];
        y[y_at + row] = total / positions;
    }
}
