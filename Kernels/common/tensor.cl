// Before kernels that multiply on an NVIDIA GPU's tensor cores: the warp's product and exchange, and copies that run by
// themselves, as inline PTX. Each is one small function, and with EMULATED plain OpenCL C that does what the PTX ISA
// says of it (https://docs.nvidia.com/cuda/parallel-thread-execution, sections 9.7.9 and 9.7.14), so that everything
// around it runs and is judged on any device.
//
// From the plan: EMULATED, 1 on devices without tensor cores; PRECISION, 0 for float32 by three products in tf32 each,
// 1 for tf32, 2 for bfloat16, 3 for half precision.

// Elements of the inner axis that a 32-bit word holds.
#if PRECISION >= 2
#define PACKED 2
#else
#define PACKED 1
#endif

// x to the 10 stored bits of mantissa that tf32 has, ties away from zero; the other 13 are 0.
static inline float rounded_to_tf32(const float x)
{
#if EMULATED
    const uint bits = as_uint(x);
    return (bits & FINITE_BITS) == FINITE_BITS ? x : as_float(TF32_BITS(bits));
#else
    uint bits;
    asm volatile("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(x));
    return as_float(bits & 0xffffe000u);
#endif
}

// Two elements in 16 bits each, ties to even: the first in the low half.
#if EMULATED && PRECISION == 3
static inline uint packed(const float first, const float second)
{
    ushort2 bits;
    vstore_half2_rte((float2)(first, second), 0, (half *)&bits);
    return (uint)bits.y << 16 | bits.x;
}
#elif EMULATED
static inline uint bfloat16_bits(const float x) { return x != x ? 0x7fff0000u : BF16_BITS(as_uint(x)); }
static inline uint packed(const float first, const float second)
{
    return bfloat16_bits(second) | bfloat16_bits(first) >> 16;
}
#else
#if PRECISION == 3
#define CVT "cvt.rn.f16x2.f32"
#else
#define CVT "cvt.rn.bf16x2.f32"
#endif
static inline uint packed(const float first, const float second)
{
    uint word;
    asm volatile(CVT " %0, %1, %2;" : "=r"(word) : "f"(second), "f"(first));
    return word;
}
#endif

// x as a word of two holds it.
static inline float rounded_to_16_bits(const float x)
{
#if PRECISION == 3 && EMULATED
    return rounded1(x);
#elif PRECISION == 3
    float rounded;
    asm volatile("{ .reg .b16 half; cvt.rn.f16.f32 half, %1; cvt.f32.f16 %0, half; }" : "=f"(rounded) : "f"(x));
    return rounded;
#else
    // The high half of a word of bfloat16, with zeros behind it, is a float.
    return as_float(packed(0.0f, x));
#endif
}

// Before loops over products. Emulated, each holds two barriers: unrolled, they would take a compiler minutes.
#if EMULATED
#define EVERY _Pragma("nounroll")
#else
#define EVERY UNROLL
#endif

// The high and the low part of a float32 factor, as words: two tf32 numbers.
static inline uint high_part(const uint word) { return as_uint(rounded_to_tf32(as_float(word))); }
static inline uint low_part(const uint word, const uint high)
{
    return as_uint(rounded_to_tf32(as_float(word) - as_float(high)));
}

// c + a b, of 32 neighbouring items together: a of 16 rows, b of 8 columns, 8 words along the inner axis. Of lane l, with
// g = l / 4 and i = l % 4:
//   a: words (row g, i), (row g + 8, i), (row g, i + 4), (row g + 8, i + 4)
//   b: words (i, column g), (i + 4, column g)
//   c: elements (row g, column 2 i), (g, 2 i + 1), (g + 8, 2 i), (g + 8, 2 i + 1)
// Every item of the group calls it together; t is its place in the group.
#if EMULATED
// Words that an item hands to others, [warp, word, lane].
#define EXCHANGE_WORDS(items) ((items) * 6)

static inline float word_product(const uint a, const uint b, const float c)
{
#if PRECISION == 3
    const ushort2 x = as_ushort2(a), y = as_ushort2(b);
    const float2 f = vload_half2(0, (const half *)&x), g = vload_half2(0, (const half *)&y);
    return fma(f.y, g.y, fma(f.x, g.x, c));
#elif PACKED == 2
    return fma(as_float(a & 0xffff0000u), as_float(b & 0xffff0000u), fma(as_float(a << 16), as_float(b << 16), c));
#else
    // Tensor cores do not look at the other bits.
    return fma(as_float(a & 0xffffe000u), as_float(b & 0xffffe000u), c);
#endif
}

// Not inlined, its barriers would make PoCL 3.1 mix up groups that run at once.
static inline __attribute__((always_inline)) float4 multiplied(
    const uint4 a, const uint2 b, const float4 c, const uint t, __local uint *exchange)
{
    const uint lane = t % 32, g = lane / 4, i = lane % 4;
    __local uint *words = exchange + t / 32 * 32 * 6;
    words[lane] = a.x;
    words[32 + lane] = a.y;
    words[64 + lane] = a.z;
    words[96 + lane] = a.w;
    words[128 + lane] = b.x;
    words[160 + lane] = b.y;
    barrier(CLK_LOCAL_MEM_FENCE);
    float4 d = c;
    for (uint k = 0; k < 8; ++k) {
        const uint upper = words[k / 4 * 64 + 4 * g + k % 4], lower = words[k / 4 * 64 + 32 + 4 * g + k % 4];
        __local const uint *column = words + 128 + k / 4 * 32 + 8 * i + k % 4;
        d.x = word_product(upper, column[0], d.x);
        d.y = word_product(upper, column[4], d.y);
        d.z = word_product(lower, column[0], d.z);
        d.w = word_product(lower, column[4], d.w);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    return d;
}
#else
#if PRECISION == 3
#define MMA "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32"
#elif PACKED == 2
#define MMA "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32"
#else
#define MMA "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32"
#endif
static inline float4 multiplied(const uint4 a, const uint2 b, const float4 c, const uint t, __local uint *exchange)
{
    float x, y, z, w;
    asm volatile(MMA " {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%10, %11, %12, %13};"
                 : "=f"(x), "=f"(y), "=f"(z), "=f"(w)
                 : "r"(a.x), "r"(a.y), "r"(a.z), "r"(a.w), "r"(b.x), "r"(b.y), "f"(c.x), "f"(c.y), "f"(c.z), "f"(c.w));
    return (float4)(x, y, z, w);
}
#endif

// sum + (c + a b), where the last addition is float32's own, which rounds to nearest as tensor cores do not.
#if EMULATED
static inline __attribute__((always_inline)) float4 added_product(
    const uint4 a, const uint2 b, const float4 c, const float4 sum, const uint t, __local uint *exchange)
{
    return sum + multiplied(a, b, c, t, exchange);
}
#else
// One block of PTX, as compilers put such additions off until there are no registers left.
static inline float4 added_product(
    const uint4 a, const uint2 b, const float4 c, const float4 sum, const uint t, __local uint *exchange)
{
    float x = sum.x, y = sum.y, z = sum.z, w = sum.w;
    asm volatile("{ .reg .f32 x, y, z, w;\n" MMA
                 " {x, y, z, w}, {%4, %5, %6, %7}, {%8, %9}, {%10, %11, %12, %13};\n"
                 "add.f32 %0, %0, x; add.f32 %1, %1, y; add.f32 %2, %2, z; add.f32 %3, %3, w; }"
                 : "+f"(x), "+f"(y), "+f"(z), "+f"(w)
                 : "r"(a.x), "r"(a.y), "r"(a.z), "r"(a.w), "r"(b.x), "r"(b.y), "f"(c.x), "f"(c.y), "f"(c.z), "f"(c.w));
    return (float4)(x, y, z, w);
}
#endif

// The x of the lane whose number differs in the bits of `other`. Every item of the group calls it together.
#if EMULATED
static inline __attribute__((always_inline)) float exchanged(
    const float x, const uint other, const uint t, __local uint *exchange)
{
    exchange[t] = as_uint(x);
    barrier(CLK_LOCAL_MEM_FENCE);
    const float y = as_float(exchange[t ^ other]);
    barrier(CLK_LOCAL_MEM_FENCE);
    return y;
}
#else
static inline float exchanged(const float x, const uint other, const uint t, __local uint *exchange)
{
    float y;
    asm volatile("shfl.sync.bfly.b32 %0, %1, %2, 31, 0xffffffff;" : "=f"(y) : "f"(x), "r"(other));
    return y;
}
#endif

// Begins to copy 4 elements, or one; where not `live`, zeros. They lie there for the item that copied once `await_copies`
// says so, for others after a barrier besides. Four begin at multiples of 16 bytes at both ends.
#if EMULATED
static inline void copy_four(__local uint *to, __global const float *from, const bool live)
{
    vstore4(live ? as_uint4(vload4(0, from)) : (uint4)(0u), 0, to);
}
static inline void copy_one(__local uint *to, __global const float *from, const bool live)
{
    *to = live ? as_uint(*from) : 0u;
}
#else
static inline void copy_four(__local uint *to, __global const float *from, const bool live)
{
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;"
                 :
                 : "r"((uint)(size_t)to), "l"((ulong)(size_t)from), "r"(live ? 16 : 0)
                 : "memory");
}
static inline void copy_one(__local uint *to, __global const float *from, const bool live)
{
    asm volatile("cp.async.ca.shared.global [%0], [%1], 4, %2;"
                 :
                 : "r"((uint)(size_t)to), "l"((ulong)(size_t)from), "r"(live ? 4 : 0)
                 : "memory");
}
#endif

// Closes a batch of copies; waits until no more than LATEST batches, a constant, are under way.
#if EMULATED
#define END_BATCH
#define AWAIT_COPIES(LATEST)
#else
#define END_BATCH asm volatile("cp.async.commit_group;" : : : "memory");
#define AWAIT_COPIES(LATEST) asm volatile("cp.async.wait_group %0;" : : "n"(LATEST) : "memory");
#endif
