// The scan of stored keys for AVX-512 without VNNI: a tile of 16 keys against 8 queries.
//
// Codes are widened to int16, even and odd bytes apart: the byte products of vpmaddubsw would saturate.

#if defined(__x86_64__)

#include <immintrin.h>

#include "vector_types.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)

enum { SCANNED = 8 };

INLINE void tile_products(const int rows, const uint8_t *codes, const int8_t *queries, const int32_t *sums,
                          size_t dimension, integers *products) {
    const __m512i low_bytes = _mm512_set1_epi16(0xFF);
    __m512i products_of[SCANNED];
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        products_of[row] = _mm512_set1_epi32(-128 * sums[row]);
    }
    for (size_t d = 0; d < dimension; d += 4) {
        const __m512i keys = _mm512_loadu_si512(codes + d * IR_KEY_TILE);
        const __m512i even_keys = _mm512_and_si512(keys, low_bytes), odd_keys = _mm512_srli_epi16(keys, 8);
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            int32_t word;
            memcpy(&word, queries + (size_t)row * dimension + d, sizeof word);
            const __m512i four = _mm512_set1_epi32(word);
            const __m512i even = _mm512_srai_epi16(_mm512_slli_epi16(four, 8), 8), odd = _mm512_srai_epi16(four, 8);
            products_of[row] = _mm512_add_epi32(products_of[row], _mm512_madd_epi16(even_keys, even));
            products_of[row] = _mm512_add_epi32(products_of[row], _mm512_madd_epi16(odd_keys, odd));
        }
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        memcpy(&products[row], &products_of[row], sizeof products[row]);
    }
}

#include "key_scan_body.h"

#pragma clang attribute pop

void ir_key_scan_avx512(ir_kernels *table) { table->scan_keys = scan_keys; }

#endif
