// y = sum over positions of w[p] softplus(-l) for label 1 and w[p] softplus(l) for label 0, where l = logit[1] -
// logit[0], or the logit itself where WIDTH is 1. One item a row.
//
// Where a position's weight is 0 its label is not looked at; any other label but 0 and 1 is reported, and its row is
// NaN.
// From the plan: WIDTH, 1 or 2, the logits of one position; WEIGHTED, 1 where weights are given; else 0, and each
// position weighs 1 / positions.
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void binary_cross_entropy(
    __global const float *logits, const ulong logits_at, const ulong logits_row,
    __global const int *labels, const ulong labels_at, const ulong labels_row,
#if WEIGHTED
    __global const float *weights, const ulong weights_at, const ulong weights_row,
#endif
    __global float *y, const ulong y_at, const uint rows, const uint positions,
    volatile __global int *status, const int step, const int first_row)
{
    const ulong row = get_global_id(0);
    if (row >= rows) return;
    float total = 0.0f;
    for (uint p = 0; p < positions; ++p) {
#if WEIGHTED
        const float weight = weights[weights_at + row * weights_row + p];
        if (weight == 0.0f) continue;
#else
        const float weight = 1.0f;
#endif
        const ulong at = logits_at + row * logits_row + (ulong)p * WIDTH;
        const float l = WIDTH == 2 ? logits[at + WIDTH - 1] - logits[at] : logits[at];
        const int label = labels[labels_at + row * labels_row + p];
        if (label == 0 || label == 1) {
            total += weight * softplus(label == 1 ? -l : l);
        } else {
            report(status, step, first_row + (int)row, (int)p, label);
            total = NAN;
        }
    }
    y[y_at + row] = WEIGHTED ? total : total / positions;
}
