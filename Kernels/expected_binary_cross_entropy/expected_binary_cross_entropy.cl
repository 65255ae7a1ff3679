// The mean over positions of pi softplus(-l) + (1 - pi) softplus(l), where l = logit[1] - logit[0], or the logit
// itself where WIDTH is 1, and pi is the probability of label 1; or the sum over positions of pi[1] softplus(-l) + pi[0]
// softplus(l), pi being what each label weighs. One item a row.
//
// From the plan: WIDTH, 1 or 2, the logits of one position; WEIGHTED, 1 where each label has a weight, else 0.
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void expected_binary_cross_entropy(
    __global const float *logits, const ulong logits_at, const ulong logits_row,
    __global const float *pi, const ulong pi_at, const ulong pi_row,
    __global float *y, const ulong y_at, const uint rows, const uint positions)
{
    const ulong row = get_global_id(0);
    if (row >= rows) return;
    float total = 0.0f;
    for (uint p = 0; p < positions; ++p) {
        const ulong at = logits_at + row * logits_row + (ulong)p * WIDTH;
        const float l = WIDTH == 2 ? logits[at + WIDTH - 1] - logits[at] : logits[at];
#if WEIGHTED
        const float zero = pi[pi_at + row * pi_row + 2 * (ulong)p], one = pi[pi_at + row * pi_row + 2 * (ulong)p + 1];
#else
        const float one = pi[pi_at + row * pi_row + p], zero = 1.0f - one;
#endif
        total += one * softplus(-l) + zero * softplus(l);
    }
    y[y_at + row] = WEIGHTED ? total : total / positions;
}
