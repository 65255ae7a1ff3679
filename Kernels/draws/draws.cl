// tables[t][i] = where the dataset axis has the row that table t draws for replicate first + i: for each of the tables of one
// launch, whose parents earlier launches drew. Bit for bit what `ClassIndex.draw(likeRows:from:of:into:)` does on the host,
// whose comment numbers the steps. J. K. Salmon and others, "Parallel random numbers: as easy as 1, 2, 3",
// https://doi.org/10.1145/2063384.2063405, section 3.3 and table 2 (Philox 4x32-10).
//
// `draws` says of each draw, in DRAW words of 64 bits: its table; which of the columns of `drawn` has its parent's rows, then which
// has its own, -1 where it has no parent, or nobody needs its own; where in `classes` the class of each row, the first member of each class and
// the members begin, then where the guide begins, or -1 where members have no weights; where in `sums` their sums begin; its
// key. Class c has the members rows[offsets[c]] to rows[offsets[c + 1] - 1].
// Assumes that every class has members; with WEIGHTED, a device with double precision.
// From the plan: WEIGHTED, 1 where any members have weights, whose sums inside a class are cumulative and searched from where
// the guide says; else 0; DRAW, words of a draw.
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
    __global const long *draws, __global const int *classes,
#if WEIGHTED
    __global const double *sums,
#endif
    __global const int *slots, __global int *drawn, __global int *tables, volatile __global int *status, const int step,
    const int first_row, const uint from, const uint count, const uint capacity, const ulong first, const ulong seed)
{
    const uint parts = (count + WG - 1) / WG;
    const uint i = (uint)(get_group_id(0) % parts) * WG + (uint)get_local_id(0);
    if (i >= count) return;
    draws += (ulong)(from + get_group_id(0) / parts) * DRAW;
    const int given = draws[1] < 0 ? 0 : drawn[draws[1] * capacity + i];
    int row = -1;
    if (given >= 0) {
        const ulong bits = bits_of(first + i, (ulong)draws[8], seed);
        const int c = classes[draws[3] + given];
        const int start = classes[draws[4] + c], members = classes[draws[4] + c + 1] - start;
        int place = (int)mul_hi(bits, (ulong)members);
#if WEIGHTED
        if (draws[6] >= 0) {
            __global const double *of = sums + draws[7] + start;
            const double total = of[members - 1];
            if (total > 0.0) {
                // Below the total, whatever rounding makes of the product: a positive number less one in its last place.
                const double unit = (double)(bits >> 11) * 0x1p-53;
                const double threshold = fmin(unit * total, as_double(as_long(total) - 1));
                place = classes[draws[6] + start + place];
                while (of[place] <= threshold) ++place;
            } else {
                report(status, step + (int)draws[0], first_row + (int)i, 0, given);
                place = -1;
            }
        }
#endif
        if (place >= 0) row = classes[draws[5] + start + place];
    }
    // Like a row that was not drawn none is; what reads the table meanwhile needs a row all the same.
    if (draws[2] >= 0) drawn[draws[2] * capacity + i] = row;
    tables[draws[0] * capacity + i] = row < 0 ? 0 : slots[row];
}
