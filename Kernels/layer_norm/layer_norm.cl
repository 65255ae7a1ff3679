// y = (x - mean) / sqrt(variance + epsilon) * w + b over the last axis; the variance is the mean of squared deviations.
//
// LANES neighbouring items share one vector of WIDTH elements, each taking every LANES-th piece of VECTOR elements; then
// all of them add the LANES partial sums in the same order. An item that has no more than HELD elements reads them once
// and keeps them; else it reads them again. Deviations are summed rather than squares, so that no digits cancel.
// From the plan: WIDTH; AFFINE, 1 where w and b are given, else 0.
// Tunables:
//   LANES = 16 | 1 2 4 8 16 32 64 | items that share one vector
//   VECTOR = 4 | 1 4 8 16 | neighbouring elements of one item
//   HELD = 64 | 0 16 64 256 | elements that an item keeps
#ifndef LANES
#define LANES 16
#endif
#ifndef VECTOR
#define VECTOR 4
#endif
#ifndef HELD
#define HELD 64
#endif
#define STEP (LANES * VECTOR)
#define PIECES ((WIDTH + STEP - 1) / STEP)

// How far the elements from c on stand from the mean; 0 beyond the end.
static inline VEC deviation(const VEC x, const float mean, const uint c)
{
#if WIDTH % STEP == 0
    return x - mean;
#else
    // Wholly beyond is a branch of its own: Oclgrind 21.10 takes a condition that is false everywhere for true.
    return c >= WIDTH ? (VEC)(0.0f) : select((VEC)(0.0f), x - mean, COUNTED + (IVEC)(int)c < (IVEC)WIDTH);
#endif
}

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void layer_norm(
    __global const float *x, const ulong x_at, const ulong x_row,
#if AFFINE
    __global const float *w, const ulong w_at, const ulong w_row,
    __global const float *b, const ulong b_at, const ulong b_row,
#endif
    __global float *y, const ulong y_at, const uint rows, const uint vectors, const float epsilon)
{
    const uint t = (uint)get_local_id(0), lane = t % LANES;
    const uint own = (uint)get_group_id(0) * (WG / LANES) + t / LANES;
    const bool live = own < rows * vectors;
    // Items beyond the last vector read it too, and store nothing.
    const uint vector = min(own, rows * vectors - 1), row = vector / vectors;
    x += x_at + (ulong)row * x_row + (ulong)(vector - row * vectors) * WIDTH;
    y += y_at + (ulong)vector * WIDTH;
#if AFFINE
    w += w_at + (ulong)row * w_row;
    b += b_at + (ulong)row * b_row;
#endif

#if PIECES * VECTOR <= HELD
#define PIECE(i) held[i]
#define EVERY UNROLL for (uint i = 0; i < PIECES; ++i)
    VEC held[PIECES];
    EVERY held[i] = PIECE_OF(x, i * STEP + lane * VECTOR, WIDTH, 0.0f);
#else
#define PIECE(i) PIECE_OF(x, (i) * STEP + lane * VECTOR, WIDTH, 0.0f)
#define EVERY for (uint i = 0; i < PIECES; ++i)
#endif

    VEC partial = (VEC)(0.0f);
    EVERY partial += PIECE(i);
    float s = SUM_OF(partial);
#if LANES > 1
    __local float sums[WG], squares[WG];
    sums[t] = s;
    barrier(CLK_LOCAL_MEM_FENCE);
    s = 0.0f;
    for (uint i = 0; i < LANES; ++i) s += sums[t - lane + i];
#endif
    const float mean = s / WIDTH;

    partial = (VEC)(0.0f);
    EVERY {
        const VEC d = deviation(PIECE(i), mean, i * STEP + lane * VECTOR);
        partial += d * d;
    }
    s = SUM_OF(partial);
#if LANES > 1
    squares[t] = s;
    barrier(CLK_LOCAL_MEM_FENCE);
    s = 0.0f;
    for (uint i = 0; i < LANES; ++i) s += squares[t - lane + i];
#endif
    const float scale = 1.0f / sqrt(s / WIDTH + epsilon);

    if (live) EVERY {
        const uint c = i * STEP + lane * VECTOR;
        VEC z = (PIECE(i) - mean) * scale;
#if AFFINE
        z = z * PIECE_OF(w, c, WIDTH, 0.0f) + PIECE_OF(b, c, WIDTH, 0.0f);
#endif
        if (c + VECTOR <= WIDTH) {
            STORE(z, y + c);
        } else {
            float cells[VECTOR];
            STORE(z, cells);
            UNROLL for (uint n = 0; n < VECTOR; ++n)
                if (c + n < WIDTH) y[c + n] = cells[n];
        }
    }
}
