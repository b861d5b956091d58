// The scan of stored keys for ARM NEON: a tile of 16 keys against 4 queries. Codes become signed by flipping their top bit.
//
// Byte products are at most 128 * 127, so that two of them fit in int16; pairs of these are added up in int32.

#if defined(__aarch64__)

#include <arm_neon.h>

#include "vector_types.h"

enum { SCANNED = 4, QUARTERS = 4 };

INLINE void tile_products(const int rows, const uint8_t *codes, const int8_t *queries, const int32_t *sums,
                          size_t dimension, integers *products) {
    (void)sums;
    int32x4_t products_of[SCANNED][QUARTERS];
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
#pragma clang loop unroll(full)
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            products_of[row][quarter] = vdupq_n_s32(0);
        }
    }
    for (size_t d = 0; d < dimension; d += 4) {
#pragma clang loop unroll(full)
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            const uint8x16_t stored = vld1q_u8(codes + d * IR_KEY_TILE + 16 * quarter);
            const int8x16_t keys = vreinterpretq_s8_u8(veorq_u8(stored, vdupq_n_u8(0x80)));
#pragma clang loop unroll(full)
            for (int row = 0; row < rows; row++) {
                int32_t word;
                memcpy(&word, queries + (size_t)row * dimension + d, sizeof word);
                const int8x16_t four = vreinterpretq_s8_s32(vdupq_n_s32(word));
                const int16x8_t low = vmull_s8(vget_low_s8(keys), vget_low_s8(four));
                const int16x8_t high = vmull_high_s8(keys, four);
                products_of[row][quarter] =
                    vpadalq_s16(products_of[row][quarter], vpaddq_s16(low, high));
            }
        }
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        memcpy(&products[row], products_of[row], sizeof products[row]);
    }
}

#include "key_scan_body.h"

void ir_key_scan_neon(ir_kernels *table) { table->scan_keys = scan_keys; }

#endif
