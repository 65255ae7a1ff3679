// Where one attention head looks: a[i][j] = softmax_j(scale * q[i].k[j]), one group a query row.
//
// Items stand for every WG-th key each, and read again only what they wrote: scores, then exponentials, then
// probabilities lie in the output. Query row i stands at positions[i]: with CAUSAL, later keys take no part and get 0.
// A key whose mask is 0 scores -1e5 exactly.
// Assumes at least one key, and with CAUSAL that positions are key positions; any width of q and k.
// From the plan: CAUSAL and MASKED (0 or 1).
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void attention_pattern(
    __global const float *q, const ulong q_at, const ulong q_row,
    __global const float *k, const ulong k_at, const ulong k_row,
#if MASKED
    __global const float *mask, const ulong mask_at, const ulong mask_row,
#endif
    __global const int *positions, const ulong positions_at, __global float *a, const ulong a_at,
    const uint queries, const uint keys, const uint width, const float scale)
{
    __local float parts[WG], whole[1];
    const uint t = (uint)get_local_id(0);
    const ulong row = get_group_id(0) / queries;
    const uint i = (uint)(get_group_id(0) % queries);
    q += q_at + row * q_row + (ulong)i * width;
    k += k_at + row * k_row;
    a += a_at + (row * queries + i) * keys;
    uint mine = keys;
#if CAUSAL
    mine = (uint)positions[positions_at + i] + 1;
#endif

    float top = -INFINITY;
    for (uint j = t; j < mine; j += WG) {
        __global const float *key = k + (ulong)j * width;
        float4 four = (float4)(0.0f);
        uint d = 0;
        for (; d + 4 <= width; d += 4) four += vload4(0, q + d) * vload4(0, key + d);
        float product = (four.x + four.y) + (four.z + four.w);
        for (; d < width; ++d) product += q[d] * key[d];
        float score = scale * product;
#if MASKED
        if (mask[mask_at + row * mask_row + j] == 0.0f) score = -1e5f;
#endif
        a[j] = score;
        top = fmax(top, score);
    }
    parts[t] = top;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (t == 0) {
        for (uint n = 1; n < WG; ++n) top = fmax(top, parts[n]);
        whole[0] = top;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    top = whole[0];

    float sum = 0.0f;
    for (uint j = t; j < mine; j += WG) {
        const float share = exp(a[j] - top);
        a[j] = share;
        sum += share;
    }
    parts[t] = sum;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (t == 0) {
        for (uint n = 1; n < WG; ++n) sum += parts[n];
        whole[0] = sum;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    sum = whole[0];
    for (uint j = t; j < keys; j += WG) a[j] = j < mine ? a[j] / sum : 0.0f;
}
