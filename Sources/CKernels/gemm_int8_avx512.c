// Int8 matrix tiles for AVX-512 without VNNI: 8 rows by 32 columns.
//
// Codes and activations are widened to int16, even and odd bytes apart, because the byte products of vpmaddubsw would
// saturate: the integers are those of the definition. The weights stay unsigned; the surplus 128 * (sum of the
// activations) is taken off as the accumulators' first value.

#if defined(__x86_64__)

#include <immintrin.h>

#include "kernels_internal.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)

enum { TILE = 8 };

static inline __attribute__((always_inline)) __m512i add_products(__m512i sum, __m512i even_weights,
                                                                  __m512i odd_weights, __m512i even, __m512i odd) {
    sum = _mm512_add_epi32(sum, _mm512_madd_epi16(even_weights, even));
    return _mm512_add_epi32(sum, _mm512_madd_epi16(odd_weights, odd));
}

static inline __attribute__((always_inline)) void multiply(const int rows, size_t groups, size_t group,
                                                           const int8_t *x, size_t x_stride, const float *x_scales,
                                                           const int32_t *x_sums, const uint8_t *panel,
                                                           const float *panel_scales, float *c, size_t c_stride,
                                                           bool accumulate) {
    const __m512i low_bytes = _mm512_set1_epi16(0xFF);
    for (size_t g = 0; g < groups; g++) {
        __m512i low[TILE], high[TILE];
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            low[i] = _mm512_set1_epi32(-128 * x_sums[(size_t)i * groups + g]);
            high[i] = low[i];
        }
        const int8_t *xs = x + g * group;
        const uint8_t *codes = panel + g * group * IR_PANEL_WIDTH;
#pragma clang loop unroll(disable)
        for (size_t k = 0; k < group; k += IR_INT8_STEP) {
            const __m512i w0 = _mm512_loadu_si512(codes + k * IR_PANEL_WIDTH);
            const __m512i w1 = _mm512_loadu_si512(codes + k * IR_PANEL_WIDTH + 64);
            const __m512i even0 = _mm512_and_si512(w0, low_bytes), odd0 = _mm512_srli_epi16(w0, 8);
            const __m512i even1 = _mm512_and_si512(w1, low_bytes), odd1 = _mm512_srli_epi16(w1, 8);
#pragma clang loop unroll(full)
            for (int i = 0; i < rows; i++) {
                int32_t word;
                __builtin_memcpy(&word, xs + (size_t)i * x_stride + k, sizeof word);
                const __m512i four = _mm512_set1_epi32(word);
                const __m512i even = _mm512_srai_epi16(_mm512_slli_epi16(four, 8), 8);
                const __m512i odd = _mm512_srai_epi16(four, 8);
                low[i] = add_products(low[i], even0, odd0, even, odd);
                high[i] = add_products(high[i], even1, odd1, even, odd);
            }
        }
        const __m512 s0 = _mm512_loadu_ps(panel_scales + g * IR_PANEL_WIDTH);
        const __m512 s1 = _mm512_loadu_ps(panel_scales + g * IR_PANEL_WIDTH + 16);
        const bool adds = accumulate || g > 0;
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            float *target = c + (size_t)i * c_stride;
            const __m512 scale = _mm512_set1_ps(x_scales[(size_t)i * groups + g]);
            const __m512 before0 = adds ? _mm512_loadu_ps(target) : _mm512_setzero_ps();
            const __m512 before1 = adds ? _mm512_loadu_ps(target + 16) : _mm512_setzero_ps();
            _mm512_storeu_ps(target, _mm512_fmadd_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(low[i]), scale), s0, before0));
            _mm512_storeu_ps(target + 16,
                             _mm512_fmadd_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(high[i]), scale), s1, before1));
        }
    }
}

#define ROWS(n) \
    case n: \
        multiply(n, groups, group, x, x_stride, x_scales, x_sums, panel, panel_scales, c, c_stride, accumulate); \
        break;

static void gemm_tile_int8(size_t rows, size_t groups, size_t group, const int8_t *x, size_t x_stride,
                           const float *x_scales, const int32_t *x_sums, const uint8_t *panel,
                           const float *panel_scales, float *c, size_t c_stride, bool accumulate) {
    switch (rows) {
        ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6) ROWS(7) ROWS(8)
        default: break;
    }
}

#pragma clang attribute pop

void ir_gemm_int8_avx512(ir_kernels *table) {
    table->gemm_int8_tile_rows = TILE;
    table->gemm_tile_int8 = gemm_tile_int8;
}

#endif
