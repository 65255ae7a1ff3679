// y = scale * sum(|x - target|) over all elements of a row. One group a row; each item adds every WG-th element, the
// first item adds the partial sums in order.
//
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void absolute_error(
    __global const float *x, const ulong x_at, const ulong x_row,
    __global const float *target, const ulong target_at, const ulong target_row,
    __global float *y, const ulong y_at, const uint count, const float scale)
{
    __local float sums[WG];
    const uint t = (uint)get_local_id(0);
    const ulong row = get_group_id(0);
    float s = 0.0f;
    for (uint e = t; e < count; e += WG)
        s += fabs(x[x_at + row * x_row + e] - target[target_at + row * target_row + e]);
    sums[t] = s;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (t == 0) {
        for (uint i = 1; i < min(count, (uint)WG); ++i) s += sums[i];
        y[y_at + row] = scale * s;
    }
}
