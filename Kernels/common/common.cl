// What stands before every kernel file: the group size, how rows are dealt out to groups, how a bad index is reported.
//
// A value lies in a buffer as [rows, elements]. A kernel receives an input as three arguments: the buffer, the
// element at which row 0 begins (`_at`), and the elements from one row to the next (`_row`; 0 where every row reads
// the same constant). Outputs have no gaps between rows, so they come as two arguments. Offsets are 64 bits wide: a
// buffer may hold more than 2^32 elements; one row, the rows of a chunk and a launch's vectors each number less than
// 2^31 (the host checks this).
#define WG 64
#define EACH 4
#define SLOTS (WG * EACH)

#define UNROLL _Pragma("unroll")

// Vectors of VECTOR (1, 4, 8 or 16) elements, in files that have that tunable.
#define float1 float
#define int1 int
#define JOINED(a, b) a##b
#define JOIN(a, b) JOINED(a, b)
#define VEC JOIN(float, VECTOR)
#define IVEC JOIN(int, VECTOR)
#define LOAD JOIN(load, VECTOR)
#define load1(p) (*(p))
#define load4(p) vload4(0, p)
#define load8(p) vload8(0, p)
#define load16(p) vload16(0, p)
#define STORE JOIN(store, VECTOR)
#define store1(x, p) (*(p) = (x))
#define store4(x, p) vstore4(x, 0, p)
#define store8(x, p) vstore8(x, 0, p)
#define store16(x, p) vstore16(x, 0, p)
// 0, 1, 2 and so on.
#define COUNTED JOIN(counted, VECTOR)
#define counted1 0
#define counted4 (int4)(0, 1, 2, 3)
#define counted8 (int8)(0, 1, 2, 3, 4, 5, 6, 7)
#define counted16 (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
// The sum of a vector's elements, and the greatest of them.
#define SUM_OF JOIN(sum, VECTOR)
#define GREATEST_OF JOIN(greatest, VECTOR)
static inline float sum1(const float x) { return x; }
static inline float sum4(const float4 x) { return (x.x + x.y) + (x.z + x.w); }
static inline float sum8(const float8 x) { return sum4(x.lo + x.hi); }
static inline float sum16(const float16 x) { return sum8(x.lo + x.hi); }
static inline float greatest1(const float x) { return x; }
static inline float greatest4(const float4 x) { return fmax(fmax(x.x, x.y), fmax(x.z, x.w)); }
static inline float greatest8(const float8 x) { return greatest4(fmax(x.lo, x.hi)); }
static inline float greatest16(const float16 x) { return greatest8(fmax(x.lo, x.hi)); }

// Elements c to c + VECTOR - 1 of the `width` elements from x on; `rest` beyond the end.
#define PIECE_OF JOIN(piece, VECTOR)
static inline float piece1(__global const float *x, const uint c, const uint width, const float rest)
{
    return c < width ? x[c] : rest;
}
#define WIDER(N, T, HALF)                                                                                              \
    static inline T piece##N(__global const float *x, const uint c, const uint width, const float rest)                \
    {                                                                                                                  \
        if (c + N <= width) return vload##N(0, x + c);                                                                 \
        return (T)(HALF(x, c, width, rest), HALF(x, c + N / 2, width, rest));                                          \
    }
WIDER(2, float2, piece1)
WIDER(4, float4, piece2)
WIDER(8, float8, piece4)
WIDER(16, float16, piece8)

// A softmax's normaliser by one read: the greatest logit m so far, and s, the sum of exp(l - m) over all others that
// were met. It begins at m = -infinity, s = 0. M. Milakov and N. Gimelshein, https://doi.org/10.48550/arXiv.1805.02867,
// algorithm 3, with the greatest kept out of the sum. A logit of -infinity weighs nothing.
#define MEET(logit, m, s)                                                                                              \
    {                                                                                                                  \
        const VEC met = (logit), rise = met - m;                                                                       \
        const VEC e = select(exp(-fabs(rise)), (VEC)(0.0f), met == (VEC)(-INFINITY));                                  \
        s = select(s + e, (s + 1.0f) * e, rise > (VEC)(0.0f));                                                         \
        m = fmax(m, met);                                                                                              \
    }
// Adds what n and r say of other logits to m and s, each of type T.
#define UNITE(T, m, s, n, r)                                                                                           \
    {                                                                                                                  \
        const T above = fmax(m, n), below = fmin(m, n);                                                                \
        const T e = select(exp(below - above), (T)(0.0f), below == (T)(-INFINITY));                                    \
        s = select(s, r, (n) > m) + (select(r, s, (n) > m) + 1.0f) * e;                                                \
        m = above;                                                                                                     \
    }
// m and s of all elements of a vector.
#define UNITED JOIN(united, VECTOR)
static inline float2 united1(const float m, const float s) { return (float2)(m, s); }
#define UNITED_BY_HALVES(N, T, HALF)                                                                                   \
    static inline float2 united##N(const T m, const T s)                                                               \
    {                                                                                                                  \
        JOIN(float, HALF) n = m.lo, r = s.lo;                                                                          \
        UNITE(JOIN(float, HALF), n, r, m.hi, s.hi)                                                                     \
        return united##HALF(n, r);                                                                                     \
    }
UNITED_BY_HALVES(2, float2, 1)
UNITED_BY_HALVES(4, float4, 2)
UNITED_BY_HALVES(8, float8, 4)
UNITED_BY_HALVES(16, float16, 8)

// Element-wise kernels: a group has SLOTS slots, which are the elements of several whole rows where a row is short,
// or a part of one long row. Gives the row and element of `slot`; false where there is none. Launched over as many
// groups as `Stream.groups(rows:count:)` says.
static inline bool place(const uint slot, const uint rows, const uint count, ulong *row, uint *element)
{
    const ulong group = get_group_id(0);
    if (count >= SLOTS) {
        const uint parts = (count + SLOTS - 1) / SLOTS;
        *row = group / parts;
        *element = (uint)(group % parts) * SLOTS + slot;
        return *element < count;
    }
    const uint rows_each = SLOTS / count;
    const uint nth = slot / count;
    *row = group * rows_each + nth;
    *element = slot - nth * count;
    return nth < rows_each && *row < rows;
}

// Records that step `step` (from 1) met `found` where no such index exists; of several reports in a run the first
// stays. The host reads `status` with every chunk and turns it into an error.
static inline void report(
    volatile __global int *status, const int step, const int row, const int position, const int found)
{
    if (atomic_cmpxchg(&status[0], 0, step) == 0) {
        status[1] = row;
        status[2] = position;
        status[3] = found;
    }
}

// log(1 + exp(x)), stable for either sign.
static inline float softplus(const float x) { return (x > 0.0f ? x : 0.0f) + log1p(exp(-fabs(x))); }

// The logit of class j of the position whose logits begin at `at`; of a single logit the classes' are 0 and itself.
static inline float class_logit(__global const float *logits, const ulong at, const uint j, const bool single)
{
    if (single) return j == 0 ? 0.0f : logits[at];
    return logits[at + j];
}
