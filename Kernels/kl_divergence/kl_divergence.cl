// y = the mean over positions of sum over classes of P_j (exp(d_j) - 1 - d_j), d_j = log Q_j - log P_j, where P and Q are
// the softmax of p and q: the divergence of Q from P, in terms none of which is negative.
//
// One group a row. LANES neighbouring items share a position, WG / LANES positions are under way at once. The logits are
// read twice: for both normalisers (common.cl, MEET), and for the terms; partial sums are added in a fixed order.
// From the plan: SINGLE, 1 where a position has one logit l and the classes' logits are 0 and l, else 0.
// Tunables:
//   LANES = 8 | 1 2 4 8 16 32 64 | items that share one position
//   VECTOR = 4 | 1 4 8 16 | neighbouring logits of one item; 1 where SINGLE
#ifndef LANES
#define LANES 8
#endif
#ifndef VECTOR
#define VECTOR 4
#endif
#if SINGLE
#undef VECTOR
#define VECTOR 1
#define LOGITS(x, c) ((c) == 0 ? 0.0f : (x)[0])
#else
#define LOGITS(x, c) PIECE_OF(x, c, classes, -INFINITY)
#endif

// exp(d) - 1 - d; by its series where that cancels.
static inline VEC excess(const VEC d)
{
    VEC s = 1.0f + d / 9.0f;
    UNROLL for (int n = 8; n > 2; --n) s = 1.0f + d / (float)n * s;
    return select(0.5f * d * d * s, expm1(d) - d, fabs(d) > (VEC)(0.5f));
}

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void kl_divergence(
    __global const float *p_logits, const ulong p_at, const ulong p_row,
    __global const float *q_logits, const ulong q_at, const ulong q_row,
    __global float *y, const ulong y_at, const uint positions, const uint classes)
{
    __local float sums_p[WG];
#if LANES > 1
    __local float sums_q[WG], greatest_p[WG], greatest_q[WG];
#endif
    const uint t = (uint)get_local_id(0), lane = t % LANES;
    const ulong row = get_group_id(0);
    float total = 0.0f;
    for (uint place0 = 0; place0 < positions; place0 += WG / LANES) {
        const uint place = place0 + t / LANES;
        const bool live = place < positions;
        __global const float *p = p_logits + p_at + row * p_row + (ulong)place * (SINGLE ? 1 : classes);
        __global const float *q = q_logits + q_at + row * q_row + (ulong)place * (SINGLE ? 1 : classes);

        VEC ms = (VEC)(-INFINITY), ss = (VEC)(0.0f), ns = (VEC)(-INFINITY), rs = (VEC)(0.0f);
        if (live)
            for (uint c = lane * VECTOR; c < classes; c += LANES * VECTOR) {
                MEET(LOGITS(p, c), ms, ss)
                MEET(LOGITS(q, c), ns, rs)
            }
        float2 of_p = UNITED(ms, ss), of_q = UNITED(ns, rs);
#if LANES > 1
        greatest_p[t] = of_p.x;
        sums_p[t] = of_p.y;
        greatest_q[t] = of_q.x;
        sums_q[t] = of_q.y;
        barrier(CLK_LOCAL_MEM_FENCE);
        // Every item unites all lanes in one order, so that all have the same bits.
        const uint first = t - lane;
        of_p = (float2)(greatest_p[first], sums_p[first]);
        of_q = (float2)(greatest_q[first], sums_q[first]);
        for (uint i = first + 1; i < first + LANES; ++i) {
            UNITE(float, of_p.x, of_p.y, greatest_p[i], sums_p[i])
            UNITE(float, of_q.x, of_q.y, greatest_q[i], sums_q[i])
        }
        barrier(CLK_LOCAL_MEM_FENCE);
#endif

        VEC ks = (VEC)(0.0f);
        if (live) {
            const float m = of_p.x, n = of_q.x, log_s = log1p(of_p.y), log_r = log1p(of_q.y);
            const float shift = (n - m) + (log_r - log_s);
            for (uint c = lane * VECTOR; c < classes; c += LANES * VECTOR) {
                const VEC a = LOGITS(p, c), b = LOGITS(q, c), d = (b - a) - shift, mass = exp((a - m) - log_s);
                // Beyond 1 the exponential may overflow where P_j underflows: P_j exp(d_j) is Q_j.
                const VEC k = select(mass * excess(d), exp((b - n) - log_r) - mass * (1.0f + d), d > (VEC)(1.0f));
                ks += select((VEC)(0.0f), k, COUNTED + (IVEC)(int)c < (IVEC)(int)classes);
            }
        }
        float k = SUM_OF(ks);
#if LANES > 1
        sums_p[t] = k;
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lane == 0)
            for (uint i = 1; i < LANES; ++i) k += sums_p[first + i];
        barrier(CLK_LOCAL_MEM_FENCE);
#endif
        if (live && lane == 0) total += k;
    }
    sums_p[t] = total;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (t == 0) {
        for (uint i = LANES; i < WG; i += LANES) total += sums_p[i];
        y[y_at + row] = total / positions;
    }
}
