// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78), by tables and by the instruction of SSE 4.2.

#include <pthread.h>
#include <string.h>

#include "kernels_internal.h"

// table[0] is the table of one byte; table[n] is that of a byte with n zero bytes behind it.
static uint32_t table[8][256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void fill_table(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t value = byte;
        for (int bit = 0; bit < 8; bit++) {
            value = value >> 1 ^ ((value & 1) != 0 ? 0x82F63B78u : 0);
        }
        table[0][byte] = value;
    }
    for (int behind = 1; behind < 8; behind++) {
        for (int byte = 0; byte < 256; byte++) {
            const uint32_t value = table[behind - 1][byte];
            table[behind][byte] = value >> 8 ^ table[0][value & 0xFF];
        }
    }
}

static uint32_t crc32c(uint32_t checksum, const void *start, size_t count) {
    pthread_once(&once, fill_table);
    const uint8_t *bytes = start;
    uint32_t value = ~checksum;
    for (; count >= 8; bytes += 8, count -= 8) {
        value = table[7][(value ^ bytes[0]) & 0xFF] ^ table[6][(value >> 8 ^ bytes[1]) & 0xFF] ^
                table[5][(value >> 16 ^ bytes[2]) & 0xFF] ^ table[4][value >> 24 ^ bytes[3]] ^ table[3][bytes[4]] ^
                table[2][bytes[5]] ^ table[1][bytes[6]] ^ table[0][bytes[7]];
    }
    for (; count > 0; bytes++, count--) {
        value = value >> 8 ^ table[0][(value ^ *bytes) & 0xFF];
    }
    return ~value;
}

void ir_crc32c_scalar(ir_kernels *kernels) { kernels->crc32c = crc32c; }

#if defined(__x86_64__)

#include <immintrin.h>

__attribute__((target("sse4.2"))) static uint32_t crc32c_sse42(uint32_t checksum, const void *start, size_t count) {
    const uint8_t *bytes = start;
    uint64_t value = (uint32_t)~checksum;
    for (; count >= 8; bytes += 8, count -= 8) {
        uint64_t word;
        memcpy(&word, bytes, sizeof word);
        value = _mm_crc32_u64(value, word);
    }
    for (; count > 0; bytes++, count--) {
        value = _mm_crc32_u8((uint32_t)value, *bytes);
    }
    return ~(uint32_t)value;
}

// Every CPU with AVX2 has SSE 4.2.
void ir_crc32c_sse42(ir_kernels *kernels) { kernels->crc32c = crc32c_sse42; }

#endif
