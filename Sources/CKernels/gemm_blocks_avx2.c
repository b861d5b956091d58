// Products with weights in blocks for AVX2. A sum of two products goes into an int16, of which four have room:
// 4 * 2 * 31 * 127 = 31496.

#if defined(__x86_64__)

#include <immintrin.h>

#include "kernels_internal.h"
#include "row_pointers.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

enum { TILE = 4, LANES = 8, STEPS = 4 };

#define ROWS_OF_A_TILE ROWS(1) ROWS(2) ROWS(3) ROWS(4)

typedef __m256i partial;

static inline __attribute__((always_inline)) __m256 halves(const uint8_t *from) {
    return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)from));
}

#define add_products(sum, codes, four) _mm256_add_epi16(sum, _mm256_maddubs_epi16((__m256i)(codes), (__m256i)(four)))
#define whole(sum) ((integers)_mm256_madd_epi16(sum, _mm256_set1_epi16(1)))

#define KEEP_ORDER(sum) __asm__ volatile("" : "+x"(sum))

#include "gemm_blocks_body.h"

#pragma clang attribute pop

void ir_gemm_blocks_avx2(ir_kernels *table) { gemm_blocks_fill(table); }

#endif
