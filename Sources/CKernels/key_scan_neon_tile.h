// Products of a tile of 16 keys and up to 4 queries in 16 registers, for ARM. Codes become signed by flipping their top bit.
//
// The includer defines, behind arm_neon.h and vector_types.h:
//     add_products(int32x4_t sums, int8x16_t keys, int8x16_t four): to each of four sums the products of four bytes of one
//         key and the query's four bytes, which `four` repeats.

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
        int8x16_t keys[QUARTERS];
#pragma clang loop unroll(full)
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            const uint8x16_t stored = vld1q_u8(codes + d * IR_KEY_TILE + 16 * quarter);
            keys[quarter] = vreinterpretq_s8_u8(veorq_u8(stored, vdupq_n_u8(0x80)));
        }
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            int32_t word;
            memcpy(&word, queries + (size_t)row * dimension + d, sizeof word);
            const int8x16_t four = vreinterpretq_s8_s32(vdupq_n_s32(word));
#pragma clang loop unroll(full)
            for (int quarter = 0; quarter < QUARTERS; quarter++) {
                products_of[row][quarter] = add_products(products_of[row][quarter], keys[quarter], four);
            }
        }
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        memcpy(&products[row], products_of[row], sizeof products[row]);
    }
}
