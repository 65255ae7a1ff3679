// Vectors of sixteen floats, which are one register or several, whose chains of operations then run side by side; and
// of eight, the lanes in which most rows are summed. A level defines load_part and store_part after this, for the first n
// lanes: the others are zero and are not touched.
#pragma clang fp contract(off)
// Vectors are passed between functions of one file alone, and all of those are inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#define LANES 16
#define INLINE __attribute__((always_inline)) static inline
#define UNROLL _Pragma("clang loop unroll(full)")

typedef float lanes __attribute__((ext_vector_type(LANES)));
typedef int integers __attribute__((ext_vector_type(LANES)));
typedef unsigned naturals __attribute__((ext_vector_type(LANES)));
typedef float eight __attribute__((ext_vector_type(8)));
typedef double doubles __attribute__((ext_vector_type(8)));
typedef float lanes_anywhere __attribute__((ext_vector_type(LANES), aligned(4)));
typedef float eight_anywhere __attribute__((ext_vector_type(8), aligned(4)));
typedef float four_anywhere __attribute__((ext_vector_type(4), aligned(4)));

INLINE lanes load(const float *p) { return *(const lanes_anywhere *)p; }
INLINE void store(float *p, lanes x) { *(lanes_anywhere *)p = x; }
INLINE eight load_eight(const float *p) { return *(const eight_anywhere *)p; }
INLINE void store_eight(float *p, eight x) { *(eight_anywhere *)p = x; }

INLINE integers bits(lanes x) { return (integers)x; }
INLINE lanes magnitude(lanes x) { return (lanes)(bits(x) & 0x7FFFFFFF); }
// `size`, which is not negative, with the sign of `sign`.
INLINE lanes with_sign(lanes sign, lanes size) { return (lanes)((bits(sign) & (int)0x80000000) | bits(size)); }
// These keep NaN.
INLINE lanes at_most(lanes x, float limit) { return (lanes)limit < x ? (lanes)limit : x; }
INLINE lanes at_least(lanes x, float limit) { return (lanes)limit > x ? (lanes)limit : x; }
// The greater of each pair; either, where one is NaN.
INLINE lanes greater(lanes a, lanes b) { return a > b ? a : b; }

// a * b + c, rounded once.
INLINE lanes fused(lanes a, lanes b, lanes c) { return __builtin_elementwise_fma(a, b, c); }

INLINE lanes polynomial(lanes x, float a, float b, float c, float d, float e) {
    return fused(fused(fused(fused((lanes)a, x, (lanes)b), x, (lanes)c), x, (lanes)d), x, (lanes)e);
}

// One fixed order: halves, then quarters, then the pair.
INLINE float total(eight x) {
    const __typeof__(x.lo) four = x.lo + x.hi;
    return (four.x + four.z) + (four.y + four.w);
}

// Adds to eight sums in the order of memory.
INLINE doubles add_doubles(doubles sums, lanes x) {
    return sums + __builtin_convertvector(x.lo, doubles) + __builtin_convertvector(x.hi, doubles);
}

INLINE double total_of_doubles(doubles x) {
    const __typeof__(x.lo) four = x.lo + x.hi;
    return (four.x + four.z) + (four.y + four.w);
}
INLINE lanes joined(doubles lo, doubles hi) {
    lanes x;
    x.lo = __builtin_convertvector(lo, eight);
    x.hi = __builtin_convertvector(hi, eight);
    return x;
}

// The greatest lane; any, where one is NaN.
INLINE float greatest_lane(lanes x) {
    const eight half = x.lo > x.hi ? x.lo : x.hi;
    const __typeof__(half.lo) four = half.lo > half.hi ? half.lo : half.hi;
    const __typeof__(four.lo) two = four.lo > four.hi ? four.lo : four.hi;
    return two.x > two.y ? two.x : two.y;
}
