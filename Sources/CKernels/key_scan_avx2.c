// The scan of stored keys for AVX2: a tile of 16 keys, in two halves, against 4 queries.
//
// vpmaddubsw adds two byte products in int16. With the key's magnitude (at most 128) as its unsigned operand and the query,
// given the key's sign, as the signed one, two products stay within 2 * 128 * 127 = 32512: nothing saturates.

#if defined(__x86_64__)

#include <immintrin.h>

#include "vector_types.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

enum { SCANNED = 4 };

INLINE __m256i add_products(__m256i sum, __m256i keys, __m256i magnitudes, __m256i four) {
    const __m256i pairs = _mm256_maddubs_epi16(magnitudes, _mm256_sign_epi8(four, keys));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

INLINE void tile_products(const int rows, const uint8_t *codes, const int8_t *queries, const int32_t *sums,
                          size_t dimension, integers *products) {
    (void)sums;
    const __m256i offset = _mm256_set1_epi8((char)0x80);
    __m256i halves[SCANNED][2];
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        halves[row][0] = _mm256_setzero_si256();
        halves[row][1] = _mm256_setzero_si256();
    }
    for (size_t d = 0; d < dimension; d += 4) {
        const __m256i *from = (const __m256i *)(const void *)(codes + d * IR_KEY_TILE);
        const __m256i low = _mm256_xor_si256(_mm256_loadu_si256(from), offset);
        const __m256i high = _mm256_xor_si256(_mm256_loadu_si256(from + 1), offset);
        const __m256i low_magnitudes = _mm256_abs_epi8(low), high_magnitudes = _mm256_abs_epi8(high);
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            int32_t word;
            memcpy(&word, queries + (size_t)row * dimension + d, sizeof word);
            const __m256i four = _mm256_set1_epi32(word);
            halves[row][0] = add_products(halves[row][0], low, low_magnitudes, four);
            halves[row][1] = add_products(halves[row][1], high, high_magnitudes, four);
        }
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        memcpy(&products[row], halves[row], sizeof products[row]);
    }
}

#include "key_scan_body.h"

#pragma clang attribute pop

void ir_key_scan_avx2(ir_kernels *table) { table->scan_keys = scan_keys; }

#endif
