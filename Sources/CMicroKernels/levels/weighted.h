// Sums with multiplicity, in double precision: the means of the bootstrap's resamples.

typedef unsigned char bytes_anywhere __attribute__((ext_vector_type(8), aligned(1)));
typedef double doubles_anywhere __attribute__((ext_vector_type(8), aligned(8)));

static double counted_sum(size_t count, const unsigned char *counts, const double *x) {
    doubles sums = 0;
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        sums += __builtin_convertvector(*(const bytes_anywhere *)(counts + i), doubles) *
                *(const doubles_anywhere *)(x + i);
    }
    const __typeof__(sums.lo) four = sums.lo + sums.hi;
    double sum = (four.x + four.y) + (four.z + four.w);
    for (; i < count; ++i) sum += (double)counts[i] * x[i];
    return sum;
}
