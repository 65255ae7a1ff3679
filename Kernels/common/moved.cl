// Before kernels that move rows from where they are kept: WIDE elements at once, as they are, or as float32 out of the half
// precision in which they may be kept.
//
// From the plan: WIDE, 1 or 4.
#if WIDE != 1 && WIDE != 4
#error "WIDE must be 1 or 4"
#endif
#if WIDE == 4
typedef uint4 moved;
#define WORDS(x, at) (*(__global const uint4 *)((x) + (at)))
#define HALVES(x, at) as_uint4(vloada_half4(0, (__global const half *)(x) + (at)))
static inline moved added(const moved a, const moved b) { return as_uint4(as_float4(a) + as_float4(b)); }
#else
typedef uint moved;
#define WORDS(x, at) ((x)[at])
#define HALVES(x, at) as_uint(vload_half(at, (__global const half *)(x)))
static inline moved added(const moved a, const moved b) { return as_uint(as_float(a) + as_float(b)); }
#endif
