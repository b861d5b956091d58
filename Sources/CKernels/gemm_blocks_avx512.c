// Products with weights in blocks for AVX-512 without VNNI. A sum of two products goes into an int16, of which four have
// room: 4 * 2 * 31 * 127 = 31496.

#if defined(__x86_64__)

#include <immintrin.h>

#include "kernels_internal.h"
#include "row_pointers.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)

enum { TILE = 6, LANES = 16, STEPS = 4 };

#define ROWS_OF_A_TILE ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6)

typedef __m512i partial;

static inline __attribute__((always_inline)) __m512 halves(const uint8_t *from) {
    return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(const void *)from));
}

#define add_products(sum, codes, four) _mm512_add_epi16(sum, _mm512_maddubs_epi16((__m512i)(codes), (__m512i)(four)))
#define whole(sum) ((integers)_mm512_madd_epi16(sum, _mm512_set1_epi16(1)))

#define KEEP_ORDER(sum) __asm__ volatile("" : "+v"(sum))

#include "gemm_blocks_body.h"

#pragma clang attribute pop

void ir_gemm_blocks_avx512(ir_kernels *table) { gemm_blocks_fill(table); }

#endif
