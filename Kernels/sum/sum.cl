// y = ((x0 + x1) + x2) + ..., in the order given. More inputs than eight are summed by further launches whose x0 is y
// itself, so x0 and y may be the same elements.
//
// An input's `_width` is 0 where it has y's shape, else the length of the one vector that it is, added at every
// position.
// From the plan: INPUTS, 1 to 8.
// Tunables: none.
#define INPUT(n) __global const float *x##n, const ulong x##n##_at, const ulong x##n##_row, const uint x##n##_width
#define READ(n) x##n[x##n##_at + row * x##n##_row + (x##n##_width ? e % x##n##_width : e)]

__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void sum(
    INPUT(0),
#if INPUTS > 1
    INPUT(1),
#endif
#if INPUTS > 2
    INPUT(2),
#endif
#if INPUTS > 3
    INPUT(3),
#endif
#if INPUTS > 4
    INPUT(4),
#endif
#if INPUTS > 5
    INPUT(5),
#endif
#if INPUTS > 6
    INPUT(6),
#endif
#if INPUTS > 7
    INPUT(7),
#endif
    __global float *y, const ulong y_at, const uint rows, const uint count)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e)) {
            float s = READ(0);
#if INPUTS > 1
            s += READ(1);
#endif
#if INPUTS > 2
            s += READ(2);
#endif
#if INPUTS > 3
            s += READ(3);
#endif
#if INPUTS > 4
            s += READ(4);
#endif
#if INPUTS > 5
            s += READ(5);
#endif
#if INPUTS > 6
            s += READ(6);
#endif
#if INPUTS > 7
            s += READ(7);
#endif
            y[y_at + row * count + e] = s;
        }
    }
}
