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
