// The elementwise operations for AVX2 with FMA.

#if defined(__x86_64__)

#include <immintrin.h>

#include "vector_types.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

// All ones in the lanes first ..< first + 8 that are below `count`.
INLINE __m256i mask_below(size_t count, int first) {
    const __m256i index = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count - first), index);
}

INLINE void load_part(lanes *vector, const float *from, size_t count, float filling) {
    const __m256 fill = _mm256_set1_ps(filling);
    const __m256i low = mask_below(count, 0), high = mask_below(count, 8);
    // Lanes that are masked off are not read, and the address of the upper half is formed only if it is.
    const __m256 a = _mm256_maskload_ps(from, low);
    const __m256 b = count > 8 ? _mm256_maskload_ps(from + 8, high) : fill;
    vector->lo = (__attribute__((ext_vector_type(8))) float)_mm256_blendv_ps(fill, a, _mm256_castsi256_ps(low));
    vector->hi = (__attribute__((ext_vector_type(8))) float)_mm256_blendv_ps(fill, b, _mm256_castsi256_ps(high));
}

INLINE void store_part(const lanes *vector, float *to, size_t count) {
    _mm256_maskstore_ps(to, mask_below(count, 0), (__m256)vector->lo);
    if (count > 8) {
        _mm256_maskstore_ps(to + 8, mask_below(count, 8), (__m256)vector->hi);
    }
}

// Transposes 8 rows of 8 floats.
INLINE void transpose(const float *rows, size_t row_stride, float *out, size_t out_stride) {
    __m256 r[8], s[8];
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i++) {
        r[i] = _mm256_loadu_ps(rows + (size_t)i * row_stride);
    }
#pragma clang loop unroll(full)
    for (int b = 0; b < 8; b += 4) {
        const __m256d t0 = _mm256_castps_pd(_mm256_unpacklo_ps(r[b], r[b + 1]));
        const __m256d t1 = _mm256_castps_pd(_mm256_unpackhi_ps(r[b], r[b + 1]));
        const __m256d t2 = _mm256_castps_pd(_mm256_unpacklo_ps(r[b + 2], r[b + 3]));
        const __m256d t3 = _mm256_castps_pd(_mm256_unpackhi_ps(r[b + 2], r[b + 3]));
        s[b] = _mm256_castpd_ps(_mm256_unpacklo_pd(t0, t2));
        s[b + 1] = _mm256_castpd_ps(_mm256_unpackhi_pd(t0, t2));
        s[b + 2] = _mm256_castpd_ps(_mm256_unpacklo_pd(t1, t3));
        s[b + 3] = _mm256_castpd_ps(_mm256_unpackhi_pd(t1, t3));
    }
#pragma clang loop unroll(full)
    for (int j = 0; j < 4; j++) {
        _mm256_storeu_ps(out + (size_t)j * out_stride, _mm256_permute2f128_ps(s[j], s[4 + j], 0x20));
        _mm256_storeu_ps(out + (size_t)(4 + j) * out_stride, _mm256_permute2f128_ps(s[j], s[4 + j], 0x31));
    }
}

enum { BLOCK = 8 };

#include "transpose_body.h"

#include "vector_body.h"

#include "bf16_body.h"

#pragma clang attribute pop

void ir_vector_avx2(ir_kernels *table) {
    vector_fill(table);
    bf16_fill(table);
}

#endif
