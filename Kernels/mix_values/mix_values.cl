// z[i] = sum over j of pattern[i][j] v[j], j ascending: what a head reads from where its pattern looks.
//
// One item an element of z: neighbours read neighbouring elements of v and the same one of the pattern.
// Assumes a pattern of `keys` sources and v of as many positions and `width` elements.
// Tunables: none.
__kernel __attribute__((reqd_work_group_size(WG, 1, 1)))
void mix_values(
    __global const float *pattern, const ulong pattern_at, const ulong pattern_row,
    __global const float *v, const ulong v_at, const ulong v_row,
    __global float *z, const ulong z_at, const uint rows, const uint count, const uint keys, const uint width)
{
    _Pragma("unroll") for (uint k = 0; k < EACH; ++k) {
        ulong row;
        uint e;
        if (place((uint)get_local_id(0) + k * WG, rows, count, &row, &e)) {
            const uint i = e / width;
            __global const float *shares = pattern + pattern_at + row * pattern_row + (ulong)i * keys;
            __global const float *values = v + v_at + row * v_row + (e - i * width);
            float s = 0.0f;
            for (uint j = 0; j < keys; ++j) s += shares[j] * values[(ulong)j * width];
            z[z_at + row * count + e] = s;
        }
    }
}
