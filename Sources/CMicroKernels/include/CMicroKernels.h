#pragma once
#include <stddef.h>
#include <stdint.h>

// One tile of a matrix product, MR x (V * lanes): for each element
//     c[i][j] = fma(a[i][k-1], b[k-1][j], ... fma(a[i][0], b[0][j], s)), s = start[j], or c[i][j] where start is NULL.
// a: row-major, rows lda apart. b: a packed panel, V * lanes floats for each k, zero-padded. start: V * lanes floats.
// c: row-major, rows ldc apart; only its first `columns` columns are read or written, (V-1) * lanes < columns <= V *
// lanes.
typedef void (*scrub_micro_kernel)(size_t k, const float *a, size_t lda, const float *b, const float *start, float *c,
                                   size_t ldc, size_t columns);

// The kernels of one instruction set: kernels[(V - 1) * rows + (MR - 1)], with V 1 or 2 and MR in 1...rows.
typedef struct {
    const char *name;
    int rows;
    int lanes;
    const scrub_micro_kernel *kernels;
} scrub_micro_kernels;

// Level 0: any CPU; 1: AVX2 and FMA; 2: AVX-512F. NULL where this CPU lacks it or there is no such level.
const scrub_micro_kernels *scrub_micro_kernels_at(int level);

// Continues a SHA-256 digest by whole blocks of 64 bytes. The second does without special instructions: for tests.
void scrub_sha256(uint32_t state[8], const uint8_t *data, size_t blocks);
void scrub_sha256_plain(uint32_t state[8], const uint8_t *data, size_t blocks);
