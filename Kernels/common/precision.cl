// Before kernels whose factors have a precision.
//
// From the plan: PRECISION, 0 for all of float32, 1 for tf32 (10 stored bits of mantissa, ties away from zero), 2 for
// bfloat16 (7, ties to even), 3 for half precision (10, ties to even, to 65,504). Not a number stays one, and what is too
// large becomes infinite.
#define FINITE_BITS 0x7f800000u
#define TF32_BITS(bits) (((bits) + 0x1000u) & 0xffffe000u)
#define BF16_BITS(bits) (((bits) + 0x7fffu + ((bits) >> 16 & 1u)) & 0xffff0000u)
#if PRECISION == 1
#define ROUNDED_BITS TF32_BITS
#else
#define ROUNDED_BITS BF16_BITS
#endif

// ROUNDED(N, x): the N elements of x.
#if PRECISION == 0
#define ROUNDED(N, x) (x)
#elif PRECISION == 3
#define ROUNDED(N, x) JOIN(rounded, N)(x)
static inline float rounded1(const float x)
{
    ushort bits;
    vstore_half_rte(x, 0, (half *)&bits);
    return vload_half(0, (const half *)&bits);
}
#define ROUNDING(N, F)                                                                                                 \
    static inline F rounded##N(const F x)                                                                              \
    {                                                                                                                  \
        ushort bits[N];                                                                                                \
        vstore_half##N##_rte(x, 0, (half *)bits);                                                                      \
        return vload_half##N(0, (const half *)bits);                                                                   \
    }
ROUNDING(4, float4)
ROUNDING(8, float8)
ROUNDING(16, float16)
#else
#define ROUNDED(N, x) JOIN(rounded, N)(x)
#define ROUNDING(N, F, U)                                                                                              \
    static inline F rounded##N(const F x)                                                                              \
    {                                                                                                                  \
        const U bits = JOIN(as_uint, N)(x);                                                                            \
        return select(JOIN(as_float, N)(ROUNDED_BITS(bits)), x, (bits & FINITE_BITS) == FINITE_BITS);                  \
    }
#define as_uint1 as_uint
#define as_float1 as_float
ROUNDING(1, float, uint)
ROUNDING(4, float4, uint4)
ROUNDING(8, float8, uint8)
ROUNDING(16, float16, uint16)
#endif
