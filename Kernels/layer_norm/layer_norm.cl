// y = (x - mean) / sqrt(variance + epsilon) * w + b over the last axis; the variance is the mean of squared deviations.
//
// LANES neighbouring items share one vector: each adds up every LANES-th element, then all of them add the LANES
// partial sums in the same order. Two passes over x rather than sums of squares, so that no digits cancel.
// From the plan: AFFINE, 1 where w and b are given, else 0.
// Tunables:
//   LANES = 16 | 1 2 4 8 16 32 64 | items that share one vector
#ifndef LANES
#define LANES 16
#endif

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void layer_norm(
    __global const float *x, const ulong x_at, const ulong x_row,
#if AFFINE
    __global const float *w, const ulong w_at, const ulong w_row,
    __global const float *b, const ulong b_at, const ulong b_row,
#endif
    __global float *y, const ulong y_at, const uint rows, const uint vectors, const uint width, const float epsilon)
{
    __local float sums[WG], squares[WG];
    const uint t = (uint)get_local_id(0), lane = t % LANES, first = t - lane;
    const uint vector = (uint)get_group_id(0) * (WG / LANES) + t / LANES;
    const uint row = vector / vectors;
    const bool live = row < rows;
    const ulong from = x_at + (ulong)row * x_row + (ulong)(vector - row * vectors) * width;
    const ulong to = y_at + (ulong)vector * width;

    float s = 0.0f;
    if (live)
        for (uint c = lane; c < width; c += LANES) s += x[from + c];
    sums[t] = s;
    barrier(CLK_LOCAL_MEM_FENCE);
    s = 0.0f;
    for (uint i = 0; i < LANES; ++i) s += sums[first + i];
    const float mean = s / width;

    s = 0.0f;
    if (live)
        for (uint c = lane; c < width; c += LANES) {
            const float d = x[from + c] - mean;
            s += d * d;
        }
    squares[t] = s;
    barrier(CLK_LOCAL_MEM_FENCE);
    s = 0.0f;
    for (uint i = 0; i < LANES; ++i) s += squares[first + i];
    const float scale = 1.0f / sqrt(s / width + epsilon);

    if (live)
        for (uint c = lane; c < width; c += LANES) {
            const float z = (x[from + c] - mean) * scale;
#if AFFINE
            y[to + c] = z * w[w_at + (ulong)row * w_row + c] + b[b_at + (ulong)row * b_row + c];
#else
            y[to + c] = z;
#endif
        }
}
