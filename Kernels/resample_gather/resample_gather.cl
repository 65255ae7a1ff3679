// y[r][p] = the sum over the terms that have a position there of x_t[table_t[r]][positions_t[p]]: sums of gathers, and
// positions of several data side by side, each source read once. Moves 4-byte elements of any type, bit for bit; those
// to which several terms add are floats.
//
// Assumes that every table entry is a row of its source and every position on it (host and verifier check them), and
// of rows of WIDE elements that all offsets and sizes are multiples of it.
// After: common/moved.cl
// From the plan: TERMS, 1 to 8, the terms of this launch; ADDS, 1 where it continues what an earlier launch wrote; LISTED, 1
// where terms have lists of positions (-1 where a term has none); HALVED, of each term a bit, from the lowest on: 1 where it is kept
// in half precision; WIDE, 1 or 4, elements that move at once.
// Tunables: none.
#ifndef TERMS
#define TERMS 8
#endif
#ifndef ADDS
#define ADDS 0
#endif
#ifndef LISTED
#define LISTED 1
#endif
// A term: its buffer, where row 0 begins, elements from row to row, and where its table begins; -1 where it has none.
#define TERM(t) , __global const uint *x##t, const ulong x##t##_at, const ulong x##t##_row, const int x##t##_table

#if LISTED
#define SOURCE(t) lists[lists_at + (t) * length + p]
#else
#define SOURCE(t) 0
#endif

#define TAKE(t)                                                                                                        \
    {                                                                                                                  \
        const int source = SOURCE(t);                                                                                  \
        if (source >= 0) {                                                                                             \
            const ulong from = x##t##_table < 0 ? row : (ulong)tables[(ulong)x##t##_table + tables_at + row];          \
            const ulong at = x##t##_at + from * x##t##_row + (ulong)source * width + (ulong)m * WIDE;                  \
            const moved v = HALVED >> t & 1 ? HALVES(x##t, at) : WORDS(x##t, at);                                      \
            sum = any ? added(sum, v) : v;                                                                             \
            any = true;                                                                                                \
        }                                                                                                              \
    }

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void resample_gather(
    __global const int *tables, const ulong tables_at, __global const int *lists, const ulong lists_at,
    __global uint *y, const ulong y_at, const uint rows, const uint count, const uint width, const uint length
    TERM(0)
#if TERMS > 1
    TERM(1)
#endif
#if TERMS > 2
    TERM(2)
#endif
#if TERMS > 3
    TERM(3)
#endif
#if TERMS > 4
    TERM(4)
#endif
#if TERMS > 5
    TERM(5)
#endif
#if TERMS > 6
    TERM(6)
#endif
#if TERMS > 7
    TERM(7)
#endif
)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (!place((uint)get_local_id(0) + k * WG, rows, count / WIDE, &row, &e)) continue;
        const uint p = e / (width / WIDE), m = e - p * (width / WIDE);
        __global moved *to = (__global moved *)(y + y_at + row * count + (ulong)e * WIDE);
        moved sum = 0;
        bool any = ADDS && lists[lists_at + TERMS * length + p] != 0;
        if (any) sum = *to;
        TAKE(0)
#if TERMS > 1
        TAKE(1)
#endif
#if TERMS > 2
        TAKE(2)
#endif
#if TERMS > 3
        TAKE(3)
#endif
#if TERMS > 4
        TAKE(4)
#endif
#if TERMS > 5
        TAKE(5)
#endif
#if TERMS > 6
        TAKE(6)
#endif
#if TERMS > 7
        TAKE(7)
#endif
        if (any) *to = sum;
    }
}
