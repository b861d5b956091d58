// Bf16 matrix tiles for AVX-512 BF16: 14 rows by 32 columns in 28 registers of float32.

#if defined(__x86_64__)

#include <immintrin.h>

#include "kernels_internal.h"
#include "row_pointers.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16"))), \
                             apply_to = function)

enum { TILE = 14, UNROLLED = 4 };

// Two columns of `a` times two rows of the panel, which lie side by side.
static inline __attribute__((always_inline)) void step(const int rows, __m512 *low, __m512 *high, const row_pointers *a,
                                                       size_t stride_bytes, size_t offset, const uint16_t *panel) {
    const __m512bh w0 = (__m512bh)_mm512_loadu_si512(panel), w1 = (__m512bh)_mm512_loadu_si512(panel + 32);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        int32_t pair;
        __builtin_memcpy(&pair, row_at(a, i, stride_bytes, offset), sizeof pair);
        const __m512bh x = (__m512bh)_mm512_set1_epi32(pair);
        low[i] = _mm512_dpbf16_ps(low[i], w0, x);
        high[i] = _mm512_dpbf16_ps(high[i], w1, x);
    }
}

static inline __attribute__((always_inline)) void multiply(const int rows, size_t pairs, const uint16_t *a,
                                                           size_t a_stride, const uint16_t *panel, size_t panel_stride,
                                                           float *c, size_t c_stride, bool accumulate) {
    __m512 low[TILE], high[TILE];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        low[i] = accumulate ? _mm512_loadu_ps(c + (size_t)i * c_stride) : _mm512_setzero_ps();
        high[i] = accumulate ? _mm512_loadu_ps(c + (size_t)i * c_stride + 16) : _mm512_setzero_ps();
    }
    const size_t stride = a_stride * sizeof(uint16_t), pair_bytes = 2 * sizeof(uint16_t);
    row_pointers at = start_rows(a, stride, rows);
    size_t k = 0;
    for (; k + UNROLLED <= pairs; k += UNROLLED) {
#pragma clang loop unroll(full)
        for (size_t s = 0; s < UNROLLED; s++) {
            step(rows, low, high, &at, stride, s * pair_bytes, panel + s * panel_stride);
        }
        panel += UNROLLED * panel_stride;
        advance_rows(&at, UNROLLED * pair_bytes, rows);
    }
    for (; k < pairs; k++) {
        step(rows, low, high, &at, stride, 0, panel);
        panel += panel_stride;
        advance_rows(&at, pair_bytes, rows);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        _mm512_storeu_ps(c + (size_t)i * c_stride, low[i]);
        _mm512_storeu_ps(c + (size_t)i * c_stride + 16, high[i]);
    }
}

#define ROWS(n) \
    case n: \
        multiply(n, pairs, a, a_stride, panel, panel_stride, c, c_stride, accumulate); \
        break;

static void gemm_tile_bf16(size_t rows, size_t pairs, const uint16_t *a, size_t a_stride, const uint16_t *panel,
                           size_t panel_stride, float *c, size_t c_stride, bool accumulate) {
    switch (rows) {
        ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6) ROWS(7) ROWS(8) ROWS(9) ROWS(10) ROWS(11) ROWS(12) ROWS(13)
        ROWS(14)
        default: break;
    }
}

static inline __mmask16 first_lanes(size_t count) { return (__mmask16)(count >= 16 ? 0xFFFF : (1u << count) - 1); }

static void round_bf16(const float *x, size_t count, float factor, uint16_t *out) {
    const __m512 factors = _mm512_set1_ps(factor);
    for (size_t i = 0; i < count; i += 16) {
        const __mmask16 lanes = first_lanes(count - i);
        const __m512 values = _mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, x + i), factors);
        _mm256_mask_storeu_epi16(out + i, lanes, (__m256i)_mm512_cvtneps_pbh(values));
    }
}

static void pair_rows_bf16(const float *rows, size_t row_stride, size_t row_count, size_t columns, size_t width,
                           uint16_t *panel) {
    // The two rows come one behind the other; then their elements alternate.
    __attribute__((aligned(64))) uint16_t order[32];
    for (uint16_t j = 0; j < 16; j++) {
        order[2 * j] = j;
        order[2 * j + 1] = 16 + j;
    }
    const __m512i alternate = _mm512_load_si512(order);
    for (size_t p = 0; p < row_count; p += 2) {
        const float *first = rows + p * row_stride;
        for (size_t j = 0; j < width; j += 16) {
            const __mmask16 lanes = j < columns ? first_lanes(columns - j) : 0;
            const __m512 even = _mm512_maskz_loadu_ps(lanes, first + j);
            const __m512 odd = _mm512_maskz_loadu_ps(p + 1 < row_count ? lanes : 0, first + row_stride + j);
            const __m512i both = (__m512i)_mm512_cvtne2ps_pbh(odd, even);
            _mm512_storeu_si512(panel + p * width + 2 * j, _mm512_permutexvar_epi16(alternate, both));
        }
    }
}

#pragma clang attribute pop

void ir_gemm_bf16_avx512(ir_kernels *table) {
    table->multiplies_bf16 = true;
    table->gemm_bf16_tile_rows = TILE;
    table->gemm_tile_bf16 = gemm_tile_bf16;
    table->round_bf16 = round_bf16;
    table->pair_rows_bf16 = pair_rows_bf16;
}

#endif
