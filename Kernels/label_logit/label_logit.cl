// y = sum over positions of w[p] (x[p] . W[:, label[p]] + b[label[p]]): one logit a position, and no other.
//
// One group a row, position after position: each item adds every WG-th term, the first item the partial sums in order.
// Where a position's weight is 0 its label is not looked at; any other label that is no class is reported, never read
// through, and makes the row NaN.
// From the plan: BIASED, 1 where b is given, else 0; WEIGHTED, 1 where weights are given; else 0, and each position weighs
// 1 / positions.
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void label_logit(
    __global const float *x, const ulong x_at, const ulong x_row,
    __global const float *w, const ulong w_at, const ulong w_row,
    __global const int *labels, const ulong labels_at, const ulong labels_row,
#if BIASED
    __global const float *b, const ulong b_at, const ulong b_row,
#endif
#if WEIGHTED
    __global const float *weights, const ulong weights_at, const ulong weights_row,
#endif
    __global float *y, const ulong y_at, const uint positions, const uint inner, const uint classes,
    volatile __global int *status, const int step, const int first_row)
{
    __local float sums[WG];
    const uint t = (uint)get_local_id(0);
    const ulong row = get_group_id(0);
    float total = 0.0f;
    for (uint p = 0; p < positions; ++p) {
#if WEIGHTED
        const float weight = weights[weights_at + row * weights_row + p];
#else
        const float weight = 1.0f / positions;
#endif
        const int label = weight != 0.0f ? labels[labels_at + row * labels_row + p] : -1;
        const bool known = label >= 0 && label < (int)classes;
        const ulong at = x_at + row * x_row + (ulong)p * inner;
        float s = 0.0f;
        if (known)
            for (uint d = t; d < inner; d += WG) s = fma(x[at + d], w[w_at + (ulong)d * classes + label], s);
        barrier(CLK_LOCAL_MEM_FENCE);
        sums[t] = s;
        barrier(CLK_LOCAL_MEM_FENCE);
        if (t == 0 && weight != 0.0f) {
            for (uint i = 1; i < min(inner, (uint)WG); ++i) s += sums[i];
            if (!known) {
                report(status, step, first_row + (int)row, (int)p, label);
                s = NAN;
            }
#if BIASED
            if (known) s += b[b_at + label];
#endif
            total += weight * s;
        }
    }
    if (t == 0) y[y_at + row] = total;
}
