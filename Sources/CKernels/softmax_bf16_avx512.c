// The running softmax of attention in bf16, for AVX-512 BF16.
//
// Powers need no more than bf16's eight bits: 2^f for 0 <= f < 1 is a polynomial of degree 3, fitted for the least relative
// error (7.5e-5), and vscalefps multiplies it by the power of two without overflow or underflow of its own.

#if defined(__x86_64__)

#include <immintrin.h>

#include "kernels_internal.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16"))), \
                             apply_to = function)

#define INLINE static inline __attribute__((always_inline))

enum { LANES = 16, ROW = 8 * LANES };

static const float log2_of_e = 0x1.715476p+0f;

INLINE __m512 power_of_two(__m512 x) {
    const __m512 f = _mm512_reduce_ps(x, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
    __m512 p = _mm512_fmadd_ps(f, _mm512_set1_ps(0x1.3f96a4p-4f), _mm512_set1_ps(0x1.cefc4ep-3f));
    p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(0x1.64444ap-1f));
    p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(0x1.fff632p-1f));
    return _mm512_scalef_ps(p, x);
}

// Lanes first ..< last of a row, as those of its vector that starts at `start`.
INLINE __mmask16 seen_lanes(size_t start, size_t first, size_t last) {
    const size_t low = first > start ? first - start : 0, high = last > start ? last - start : 0;
    const uint32_t below_high = high >= LANES ? 0xFFFF : (1u << high) - 1;
    const uint32_t below_low = low >= LANES ? 0xFFFF : (1u << low) - 1;
    return (__mmask16)(below_high & ~below_low);
}

INLINE void store_pair(__m512 low, __m512 high, uint16_t *out) {
    _mm512_storeu_si512(out, (__m512i)_mm512_cvtne2ps_pbh(high, low));
}

// A row of which all is seen, all in registers. Returns the sum of the powers.
INLINE float raise_whole_row(const float *scores, float *maximum, uint16_t *out) {
    __m512 x[8];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < 8; v++) {
        x[v] = _mm512_loadu_ps(scores + v * LANES);
    }
    const __m512 a = _mm512_max_ps(_mm512_max_ps(x[0], x[1]), _mm512_max_ps(x[2], x[3]));
    const __m512 b = _mm512_max_ps(_mm512_max_ps(x[4], x[5]), _mm512_max_ps(x[6], x[7]));
    const float largest = _mm512_reduce_max_ps(_mm512_max_ps(a, b));
    *maximum = largest > *maximum ? largest : *maximum;
    const __m512 factor = _mm512_set1_ps(log2_of_e), shift = _mm512_set1_ps(-*maximum * log2_of_e);
#pragma clang loop unroll(full)
    for (size_t v = 0; v < 8; v++) {
        x[v] = power_of_two(_mm512_fmadd_ps(x[v], factor, shift));
    }
#pragma clang loop unroll(full)
    for (size_t v = 0; v < 8; v += 2) {
        store_pair(x[v], x[v + 1], out + v * LANES);
    }
    const __m512 c = _mm512_add_ps(_mm512_add_ps(x[0], x[1]), _mm512_add_ps(x[2], x[3]));
    const __m512 d = _mm512_add_ps(_mm512_add_ps(x[4], x[5]), _mm512_add_ps(x[6], x[7]));
    return _mm512_reduce_add_ps(_mm512_add_ps(c, d));
}

INLINE float raise_row(const float *scores, size_t first, size_t last, size_t padded, float *maximum, uint16_t *out) {
    __m512 largest = _mm512_set1_ps(*maximum);
    for (size_t start = 0; start < padded; start += LANES) {
        const __mmask16 lanes = seen_lanes(start, first, last);
        largest = _mm512_mask_max_ps(largest, lanes, largest, _mm512_maskz_loadu_ps(lanes, scores + start));
    }
    *maximum = _mm512_reduce_max_ps(largest);
    const __m512 factor = _mm512_set1_ps(log2_of_e), shift = _mm512_set1_ps(-*maximum * log2_of_e);
    __m512 sum = _mm512_setzero_ps();
    for (size_t start = 0; start < padded; start += 2 * LANES) {
        __m512 x[2];
#pragma clang loop unroll(full)
        for (size_t v = 0; v < 2; v++) {
            const __mmask16 lanes = seen_lanes(start + v * LANES, first, last);
            const __m512 power = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(lanes, scores + start + v * LANES), factor, shift);
            x[v] = _mm512_maskz_mov_ps(lanes, power_of_two(power));
            sum = _mm512_add_ps(sum, x[v]);
        }
        store_pair(x[0], x[1], out + start);
    }
    return _mm512_reduce_add_ps(sum);
}

static void softmax_rows_bf16(size_t rows, const float *scores, size_t stride, const size_t *first, const size_t *last,
                              size_t padded, float *maxima, float *totals, float *corrections, uint16_t *out,
                              size_t out_stride) {
    const __mmask16 present = (__mmask16)((1u << rows) - 1);
    const __m512 before = _mm512_maskz_loadu_ps(present, maxima);
    __attribute__((aligned(64))) float sums[IR_SOFTMAX_ROWS];
    for (size_t r = 0; r < rows; r++) {
        const float *row = scores + r * stride;
        if (padded == ROW && first[r] == 0 && last[r] == ROW) {
            sums[r] = raise_whole_row(row, &maxima[r], out + r * out_stride);
        } else {
            sums[r] = raise_row(row, first[r], last[r], padded, &maxima[r], out + r * out_stride);
        }
    }
    const __m512 after = _mm512_maskz_loadu_ps(present, maxima);
    // Nothing seen so far and nothing new: -inf - -inf would be NaN. The lower bound keeps the reduction finite.
    const __mmask16 changed = _mm512_cmp_ps_mask(before, after, _CMP_NEQ_UQ);
    const __m512 change = _mm512_maskz_sub_ps(changed, before, after);
    const __m512 power = _mm512_max_ps(_mm512_mul_ps(change, _mm512_set1_ps(log2_of_e)), _mm512_set1_ps(-1000));
    // Exactly 1 where the maximum stays.
    const __m512 factor = _mm512_mask_mov_ps(_mm512_set1_ps(1), changed, power_of_two(power));
    const __m512 total = _mm512_maskz_loadu_ps(present, totals);
    _mm512_mask_storeu_ps(corrections, present, factor);
    _mm512_mask_storeu_ps(totals, present, _mm512_fmadd_ps(total, factor, _mm512_maskz_loadu_ps(present, sums)));
}

#pragma clang attribute pop

void ir_softmax_bf16_avx512(ir_kernels *table) { table->softmax_rows_bf16 = softmax_rows_bf16; }

#endif
