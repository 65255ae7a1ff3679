// y = scale * (sum((x - mean)^2) + variance): the expected squared error against targets of that mean and summed
// variance that do not depend on x. One group a row; each item adds every WG-th element, the first item adds the
// partial sums in order.
//
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void expected_squared_error(
    __global const float *x, const ulong x_at, const ulong x_row,
    __global const float *mean, const ulong mean_at, const ulong mean_row,
    __global const float *variance, const ulong variance_at, const ulong variance_row,
    __global float *y, const ulong y_at, const uint count, const float scale)
{
    __local float sums[WG];
    const uint t = (uint)get_local_id(0);
    const ulong row = get_group_id(0);
    float s = 0.0f;
    for (uint e = t; e < count; e += WG) {
        const float d = x[x_at + row * x_row + e] - mean[mean_at + row * mean_row + e];
        s += d * d;
    }
    sums[t] = s;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (t == 0) {
        for (uint i = 1; i < min(count, (uint)WG); ++i) s += sums[i];
        y[y_at + row] = scale * (s + variance[variance_at + row * variance_row]);
    }
}
