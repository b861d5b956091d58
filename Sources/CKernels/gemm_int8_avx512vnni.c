// Int8 matrix tiles for AVX-512 VNNI: 12 rows by 32 columns in 24 registers of int32.
//
// vpdpbusd multiplies unsigned bytes (the weights' codes, w + 128) by signed ones (activations) without saturation. The
// surplus 128 * (sum of the activations) is taken off beforehand, as the accumulators' first value.

#if defined(__x86_64__)

#include <immintrin.h>

#include "kernels_internal.h"
#include "row_pointers.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), \
                             apply_to = function)

enum { TILE = 12, UNROLLED = 4, AHEAD = 8 * IR_INT8_STEP * IR_PANEL_WIDTH };

// Four inputs of each row of x times those of the panel.
static inline __attribute__((always_inline)) void step(const int rows, __m512i *low, __m512i *high,
                                                       const row_pointers *x, size_t x_stride, size_t offset,
                                                       const uint8_t *panel) {
    // The panel streams in from the second-level cache: 8 steps ahead is soon enough.
    __builtin_prefetch(panel + AHEAD);
    __builtin_prefetch(panel + AHEAD + 64);
    const __m512i w0 = _mm512_loadu_si512(panel), w1 = _mm512_loadu_si512(panel + 64);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        int32_t word;
        __builtin_memcpy(&word, row_at(x, i, x_stride, offset), sizeof word);
        const __m512i four = _mm512_set1_epi32(word);
        low[i] = _mm512_dpbusd_epi32(low[i], w0, four);
        high[i] = _mm512_dpbusd_epi32(high[i], w1, four);
    }
}

static inline __attribute__((always_inline)) void multiply(const int rows, size_t groups, size_t group,
                                                           const int8_t *x, size_t x_stride, const float *x_scales,
                                                           const int32_t *x_sums, const uint8_t *panel,
                                                           const float *panel_scales, float *c, size_t c_stride,
                                                           bool accumulate) {
    // The results are written at the end of a group: time enough to fetch where they go.
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        __builtin_prefetch(c + (size_t)i * c_stride, 1);
        __builtin_prefetch(c + (size_t)i * c_stride + 16, 1);
    }
    for (size_t g = 0; g < groups; g++) {
        __m512i low[TILE], high[TILE];
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            low[i] = _mm512_set1_epi32(-128 * x_sums[(size_t)i * groups + g]);
            high[i] = low[i];
        }
        row_pointers at = start_rows(x + g * group, x_stride, rows);
        const uint8_t *codes = panel + g * group * IR_PANEL_WIDTH;
        size_t k = 0;
        for (; k + UNROLLED * IR_INT8_STEP <= group; k += UNROLLED * IR_INT8_STEP) {
#pragma clang loop unroll(full)
            for (size_t s = 0; s < UNROLLED * IR_INT8_STEP; s += IR_INT8_STEP) {
                step(rows, low, high, &at, x_stride, s, codes + s * IR_PANEL_WIDTH);
            }
            codes += UNROLLED * IR_INT8_STEP * IR_PANEL_WIDTH;
            advance_rows(&at, UNROLLED * IR_INT8_STEP, rows);
        }
        for (; k < group; k += IR_INT8_STEP) {
            step(rows, low, high, &at, x_stride, 0, codes);
            codes += IR_INT8_STEP * IR_PANEL_WIDTH;
            advance_rows(&at, IR_INT8_STEP, rows);
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
        ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6) ROWS(7) ROWS(8) ROWS(9) ROWS(10) ROWS(11) ROWS(12)
        default: break;
    }
}

#pragma clang attribute pop

void ir_gemm_int8_avx512vnni(ir_kernels *table) {
    table->gemm_int8_tile_rows = TILE;
    table->gemm_tile_int8 = gemm_tile_int8;
}

#endif
