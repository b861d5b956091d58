// The elementwise operations for AVX-512.

#if defined(__x86_64__)

#include <immintrin.h>

#include "vector_types.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma"))), apply_to = function)

INLINE void load_part(lanes *vector, const float *from, size_t count, float filling) {
    const __mmask16 mask = (__mmask16)((1u << count) - 1);
    *vector = (lanes)_mm512_mask_loadu_ps(_mm512_set1_ps(filling), mask, from);
}

INLINE void store_part(const lanes *vector, float *to, size_t count) {
    _mm512_mask_storeu_ps(to, (__mmask16)((1u << count) - 1), (__m512)*vector);
}

// Transposes 16 rows of 16 floats.
INLINE void transpose(const float *rows, size_t row_stride, float *out, size_t out_stride) {
    __m512 r[16], s[16];
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) {
        r[i] = _mm512_loadu_ps(rows + (size_t)i * row_stride);
    }
    // Pairs of rows, then fours, within 128-bit quarters: s[4b + j] holds column j (of each quarter) of rows 4b..4b+3.
#pragma clang loop unroll(full)
    for (int b = 0; b < 16; b += 4) {
        const __m512d t0 = _mm512_castps_pd(_mm512_unpacklo_ps(r[b], r[b + 1]));
        const __m512d t1 = _mm512_castps_pd(_mm512_unpackhi_ps(r[b], r[b + 1]));
        const __m512d t2 = _mm512_castps_pd(_mm512_unpacklo_ps(r[b + 2], r[b + 3]));
        const __m512d t3 = _mm512_castps_pd(_mm512_unpackhi_ps(r[b + 2], r[b + 3]));
        s[b] = _mm512_castpd_ps(_mm512_unpacklo_pd(t0, t2));
        s[b + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(t0, t2));
        s[b + 2] = _mm512_castpd_ps(_mm512_unpacklo_pd(t1, t3));
        s[b + 3] = _mm512_castpd_ps(_mm512_unpackhi_pd(t1, t3));
    }
    // Then the quarters: out row 4q + j gathers quarter q of s[j], s[4 + j], s[8 + j], s[12 + j].
#pragma clang loop unroll(full)
    for (int j = 0; j < 4; j++) {
        const __m512 low01 = _mm512_shuffle_f32x4(s[j], s[4 + j], 0x44), high01 = _mm512_shuffle_f32x4(s[j], s[4 + j], 0xEE);
        const __m512 low23 = _mm512_shuffle_f32x4(s[8 + j], s[12 + j], 0x44);
        const __m512 high23 = _mm512_shuffle_f32x4(s[8 + j], s[12 + j], 0xEE);
        _mm512_storeu_ps(out + (size_t)j * out_stride, _mm512_shuffle_f32x4(low01, low23, 0x88));
        _mm512_storeu_ps(out + (size_t)(4 + j) * out_stride, _mm512_shuffle_f32x4(low01, low23, 0xDD));
        _mm512_storeu_ps(out + (size_t)(8 + j) * out_stride, _mm512_shuffle_f32x4(high01, high23, 0x88));
        _mm512_storeu_ps(out + (size_t)(12 + j) * out_stride, _mm512_shuffle_f32x4(high01, high23, 0xDD));
    }
}

enum { BLOCK = 16 };

#include "transpose_body.h"

#include "vector_body.h"

#include "bf16_body.h"

#pragma clang attribute pop

void ir_vector_avx512(ir_kernels *table) {
    vector_fill(table);
    bf16_fill(table);
}

#endif
