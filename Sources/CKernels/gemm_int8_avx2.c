// Int8 matrix tiles for AVX2: 4 rows by 16 columns, twice for the panel's 32.
//
// vpmaddubsw adds two byte products in int16. With the weight's magnitude (at most 127) as its unsigned operand and the
// activation, given the weight's sign, as the signed one, two products stay within 2 * 127 * 127 = 32258: nothing
// saturates, and the integers are those of the definition.

#if defined(__x86_64__)

#include <immintrin.h>

#include "kernels_internal.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

enum { TILE = 4 };

static inline __attribute__((always_inline)) __m256i add_products(__m256i sum, __m256i weights, __m256i magnitudes,
                                                                  __m256i four) {
    const __m256i pairs = _mm256_maddubs_epi16(magnitudes, _mm256_sign_epi8(four, weights));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

static inline __attribute__((always_inline)) void finish(__m256i sum, __m256 x_scale, const float *scales, float *c,
                                                         bool adds) {
    const __m256 before = adds ? _mm256_loadu_ps(c) : _mm256_setzero_ps();
    const __m256 product = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), x_scale);
    _mm256_storeu_ps(c, _mm256_fmadd_ps(product, _mm256_loadu_ps(scales), before));
}

static inline __attribute__((always_inline)) void multiply(const int rows, size_t groups, size_t group,
                                                           const int8_t *x, size_t x_stride, const float *x_scales,
                                                           const uint8_t *panel, const float *panel_scales, float *c,
                                                           size_t c_stride, bool accumulate) {
    const __m256i offset = _mm256_set1_epi8((char)0x80);
    for (size_t g = 0; g < groups; g++) {
        __m256i low[TILE], high[TILE];
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            low[i] = _mm256_setzero_si256();
            high[i] = _mm256_setzero_si256();
        }
        const int8_t *xs = x + g * group;
        const uint8_t *codes = panel + g * group * IR_PANEL_WIDTH;
#pragma clang loop unroll(disable)
        for (size_t k = 0; k < group; k += IR_INT8_STEP) {
            const __m256i *from = (const __m256i *)(const void *)(codes + k * IR_PANEL_WIDTH);
            const __m256i w0 = _mm256_xor_si256(_mm256_loadu_si256(from), offset);
            const __m256i w1 = _mm256_xor_si256(_mm256_loadu_si256(from + 1), offset);
            const __m256i m0 = _mm256_abs_epi8(w0), m1 = _mm256_abs_epi8(w1);
#pragma clang loop unroll(full)
            for (int i = 0; i < rows; i++) {
                int32_t word;
                __builtin_memcpy(&word, xs + (size_t)i * x_stride + k, sizeof word);
                const __m256i four = _mm256_set1_epi32(word);
                low[i] = add_products(low[i], w0, m0, four);
                high[i] = add_products(high[i], w1, m1, four);
            }
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            const __m256 scale = _mm256_set1_ps(x_scales[(size_t)i * groups + g]);
            const float *scales = panel_scales + g * IR_PANEL_WIDTH;
            finish(low[i], scale, scales, c + (size_t)i * c_stride, accumulate || g > 0);
            finish(high[i], scale, scales + 8, c + (size_t)i * c_stride + 8, accumulate || g > 0);
        }
    }
}

#define ROWS(n) \
    case n: \
        multiply(n, groups, group, x, x_stride, x_scales, panel + j * IR_INT8_STEP, panel_scales + j, c + j, c_stride, \
                 accumulate); \
        break;

static void gemm_tile_int8(size_t rows, size_t groups, size_t group, const int8_t *x, size_t x_stride,
                           const float *x_scales, const int32_t *x_sums, const uint8_t *panel,
                           const float *panel_scales, float *c, size_t c_stride, bool accumulate) {
    (void)x_sums;
    for (size_t j = 0; j < IR_PANEL_WIDTH; j += 16) {
        switch (rows) {
            ROWS(1) ROWS(2) ROWS(3) ROWS(4)
            default: break;
        }
    }
}

#pragma clang attribute pop

void ir_gemm_int8_avx2(ir_kernels *table) {
    table->gemm_int8_tile_rows = TILE;
    table->gemm_tile_int8 = gemm_tile_int8;
}

#endif
