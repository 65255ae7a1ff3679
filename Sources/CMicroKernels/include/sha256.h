#pragma once
#include <stddef.h>
#include <stdint.h>

// Continues a SHA-256 digest by whole blocks of 64 bytes. The second does without special instructions: for tests.
void scrub_sha256(uint32_t state[8], const uint8_t *data, size_t blocks);
void scrub_sha256_plain(uint32_t state[8], const uint8_t *data, size_t blocks);
