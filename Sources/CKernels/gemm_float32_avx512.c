// Float32 matrix tiles for AVX-512: 14 rows by 32 columns in 28 registers.

#if defined(__x86_64__)

#include <immintrin.h>

#include "kernels_internal.h"
#include "row_pointers.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)

enum { TILE = 14, UNROLLED = 4, AHEAD = 8 };

// One column of `a` times one row of the panel.
static inline __attribute__((always_inline)) void step(const int rows, __m512 *low, __m512 *high,
                                                       const row_pointers *a, size_t stride_bytes, size_t offset,
                                                       const float *panel, size_t panel_stride) {
    // Panels stream in from the second-level cache.
    __builtin_prefetch(panel + AHEAD * panel_stride);
    __builtin_prefetch(panel + AHEAD * panel_stride + 16);
    const __m512 w0 = _mm512_loadu_ps(panel), w1 = _mm512_loadu_ps(panel + 16);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        float value;
        __builtin_memcpy(&value, row_at(a, i, stride_bytes, offset), sizeof value);
        const __m512 x = _mm512_set1_ps(value);
        low[i] = _mm512_fmadd_ps(x, w0, low[i]);
        high[i] = _mm512_fmadd_ps(x, w1, high[i]);
    }
}

static inline __attribute__((always_inline)) void multiply(const int rows, size_t depth, const float *a,
                                                           size_t a_stride, const float *panel, size_t panel_stride,
                                                           float *c, size_t c_stride, bool accumulate) {
    __m512 low[TILE], high[TILE];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        low[i] = _mm512_setzero_ps();
        high[i] = _mm512_setzero_ps();
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        __builtin_prefetch(c + (size_t)i * c_stride, 1);
        __builtin_prefetch(c + (size_t)i * c_stride + 16, 1);
    }
    const size_t stride = a_stride * sizeof(float);
    row_pointers at = start_rows(a, stride, rows);
    size_t k = 0;
    for (; k + UNROLLED <= depth; k += UNROLLED) {
#pragma clang loop unroll(full)
        for (size_t s = 0; s < UNROLLED; s++) {
            step(rows, low, high, &at, stride, s * sizeof(float), panel + s * panel_stride, panel_stride);
        }
        panel += UNROLLED * panel_stride;
        advance_rows(&at, UNROLLED * sizeof(float), rows);
    }
    for (; k < depth; k++) {
        step(rows, low, high, &at, stride, 0, panel, panel_stride);
        panel += panel_stride;
        advance_rows(&at, sizeof(float), rows);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        float *target = c + (size_t)i * c_stride;
        if (accumulate) {
            low[i] = _mm512_add_ps(low[i], _mm512_loadu_ps(target));
            high[i] = _mm512_add_ps(high[i], _mm512_loadu_ps(target + 16));
        }
        _mm512_storeu_ps(target, low[i]);
        _mm512_storeu_ps(target + 16, high[i]);
    }
}

#define ROWS(n) \
    case n: \
        multiply(n, depth, a, a_stride, panel, panel_stride, c, c_stride, accumulate); \
        break;

static void gemm_tile(size_t rows, size_t depth, const float *a, size_t a_stride, const float *panel,
                      size_t panel_stride, float *c, size_t c_stride, bool accumulate) {
    switch (rows) {
        ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6) ROWS(7) ROWS(8) ROWS(9) ROWS(10) ROWS(11) ROWS(12) ROWS(13)
        ROWS(14)
        default: break;
    }
}

#pragma clang attribute pop

void ir_gemm_float32_avx512(ir_kernels *table) {
    table->gemm_tile_rows = TILE;
    table->gemm_tile = gemm_tile;
}

#endif
