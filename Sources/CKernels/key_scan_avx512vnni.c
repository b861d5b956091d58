// The scan of stored keys for AVX-512 VNNI: a tile of 16 keys against 8 queries.
//
// vpdpbusd multiplies unsigned bytes (the keys' codes, with their surplus of 128) by signed ones (the queries). The surplus
// 128 * (sum of the query's codes) is taken off beforehand.

#if defined(__x86_64__)

#include <immintrin.h>

#include "vector_types.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), \
                             apply_to = function)

enum { SCANNED = 8 };

INLINE void tile_products(const int rows, const uint8_t *codes, const int8_t *queries, const int32_t *sums,
                          size_t dimension, integers *products) {
    __m512i products_of[SCANNED];
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        products_of[row] = _mm512_set1_epi32(-128 * sums[row]);
    }
    for (size_t d = 0; d < dimension; d += 4) {
        const __m512i keys = _mm512_loadu_si512(codes + d * IR_KEY_TILE);
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            int32_t word;
            memcpy(&word, queries + (size_t)row * dimension + d, sizeof word);
            products_of[row] = _mm512_dpbusd_epi32(products_of[row], keys, _mm512_set1_epi32(word));
        }
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        memcpy(&products[row], &products_of[row], sizeof products[row]);
    }
}

#include "key_scan_body.h"

#pragma clang attribute pop

void ir_key_scan_avx512vnni(ir_kernels *table) { table->scan_keys = scan_keys; }

#endif
