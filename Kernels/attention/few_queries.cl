// One attention head for few query rows: z[i] = sum over j of softmax_j(scale * q[i].k[j]) v[j], one group a query row.
//
// With one or a few query rows (a behaviour at one position), attention.cl would leave most items of a group idle.
// Here items stand for keys while scores are made and for elements of v while values are added; WG keys at a time,
// softmax kept online. Query row i stands at positions[i]: with CAUSAL, later keys take no part. A key whose mask is
// 0 scores -1e5 exactly.
// Assumes at least one key, and with CAUSAL that positions are key positions; any D; any E up to 64 WG.
// From the plan: D, E (width of q and k, of v), CAUSAL and MASKED (0 or 1).
// Tunables: none.
#define PARTS ((E + WG - 1) / WG)
#define UNROLL _Pragma("unroll")

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void few_queries(
    __global const float *q, const ulong q_at, const ulong q_row,
    __global const float *k, const ulong k_at, const ulong k_row,
    __global const float *v, const ulong v_at, const ulong v_row,
#if MASKED
    __global const float *mask, const ulong mask_at, const ulong mask_row,
#endif
    __global const int *positions, const ulong positions_at, __global float *z, const ulong z_at,
    const uint queries, const uint keys, const float scale)
{
    __local float scores[WG], tops[1];
    const uint t = (uint)get_local_id(0);
    const ulong row = get_group_id(0) / queries;
    const uint i = (uint)(get_group_id(0) % queries);
    q += q_at + row * q_row + (ulong)i * D;
    k += k_at + row * k_row;
    v += v_at + row * v_row;
    z += z_at + (row * queries + i) * E;
    uint mine = keys;
#if CAUSAL
    mine = (uint)positions[positions_at + i] + 1;
#endif

    float sum[PARTS];
    UNROLL for (uint c = 0; c < PARTS; ++c) sum[c] = 0.0f;
    float greatest = -INFINITY, weight = 0.0f;
    for (uint k0 = 0; k0 < mine; k0 += WG) {
        const uint met = min(mine - k0, (uint)WG);
        float score = -INFINITY;
        if (t < met) {
            __global const float *key = k + (ulong)(k0 + t) * D;
            float4 four = (float4)(0.0f);
            uint d = 0;
            for (; d + 4 <= D; d += 4) four += vload4(0, q + d) * vload4(0, key + d);
            float product = (four.x + four.y) + (four.z + four.w);
            for (; d < D; ++d) product += q[d] * key[d];
            score = scale * product;
#if MASKED
            if (mask[mask_at + row * mask_row + k0 + t] == 0.0f) score = -1e5f;
#endif
        }
        scores[t] = score;
        barrier(CLK_LOCAL_MEM_FENCE);
        if (t == 0) {
            float top = greatest;
            for (uint j = 0; j < met; ++j) top = fmax(top, scores[j]);
            tops[0] = top;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        // Until a score above -infinity is met, everything is 0, which any finite base gives.
        const float top = tops[0], base = top == -INFINITY ? 0.0f : top, shrink = exp(greatest - base);
        scores[t] = exp(score - base);
        greatest = top;
        barrier(CLK_LOCAL_MEM_FENCE);
        weight *= shrink;
        for (uint j = 0; j < met; ++j) weight += scores[j];
        UNROLL for (uint c = 0; c < PARTS; ++c) {
            const uint e = c * WG + t;
            if (e < E) {
                float s = sum[c] * shrink;
                for (uint j = 0; j < met; ++j) s += scores[j] * v[(ulong)(k0 + j) * E + e];
                sum[c] = s;
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    UNROLL for (uint c = 0; c < PARTS; ++c) {
        const uint e = c * WG + t;
        if (e < E) z[e] = sum[c] / weight;
    }
}
