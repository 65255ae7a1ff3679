// drawn[i] = the row that random bits select for replicate first + i among those of one class: of the row that is given,
// or of row 0. Bit for bit what `ClassIndex.draw(likeRows:from:of:into:)` does on the host, whose comment numbers the
// steps. J. K. Salmon and others, "Parallel random numbers: as easy as 1, 2, 3", https://doi.org/10.1145/2063384.2063405,
// section 3.3 and table 2 (Philox 4x32-10).
//
// Class c has the members rows[offsets[c]] to rows[offsets[c + 1] - 1]. -1 where there is nothing to draw.
// Assumes that every row given is one of classes'; with WEIGHTED, a device with double precision.
// From the plan: GIVEN, 1 where rows are given; WEIGHTED, 1 where members have weights, whose sums inside a class are
// cumulative and searched from where the guide says; else 0.
// Tunables: none.
#if WEIGHTED
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#endif

// Words 1 (high) and 0 (low) of the block whose counter is the replicate and the draw's key.
static inline ulong bits_of(const ulong replicate, const ulong key, const ulong seed)
{
    uint4 x = (uint4)((uint)replicate, (uint)(replicate >> 32), (uint)key, (uint)(key >> 32));
    uint k0 = (uint)seed, k1 = (uint)(seed >> 32);
    UNROLL for (uint i = 0; i < 10; ++i) {
        const uint high_a = mul_hi(0xD2511F53u, x.x), low_a = 0xD2511F53u * x.x;
        const uint high_b = mul_hi(0xCD9E8D57u, x.z), low_b = 0xCD9E8D57u * x.z;
        x = (uint4)(high_b ^ x.y ^ k0, low_b, high_a ^ x.w ^ k1, low_a);
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return (ulong)x.y << 32 | x.x;
}

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void draws(
    __global const int *class_of, __global const int *offsets, __global const int *rows,
#if WEIGHTED
    __global const double *sums, __global const int *guide,
#endif
#if GIVEN
    __global const int *given,
#endif
    __global int *drawn, const uint count, const ulong first, const ulong key, const ulong seed)
{
    const uint i = (uint)get_global_id(0);
    if (i >= count) return;
    const ulong bits = bits_of(first + i, key, seed);
#if GIVEN
    const int c = class_of[given[i]];
#else
    const int c = class_of[0];
#endif
    const int start = offsets[c], members = offsets[c + 1] - start;
    const int rank = (int)mul_hi(bits, (ulong)members);
#if WEIGHTED
    const double total = sums[start + members - 1];
    if (!(total > 0.0)) {
        drawn[i] = -1;
        return;
    }
    // Below the total, whatever rounding makes of the product: a positive number less one in its last place.
    const double unit = (double)(bits >> 11) * 0x1p-53;
    const double threshold = fmin(unit * total, as_double(as_long(total) - 1));
    int place = start + guide[start + rank];
    while (sums[place] <= threshold) ++place;
    drawn[i] = rows[place];
#else
    drawn[i] = rows[start + rank];
#endif
}
