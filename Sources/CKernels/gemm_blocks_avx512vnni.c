// Products with weights in blocks for AVX-512 VNNI.

#if defined(__x86_64__)

#include <immintrin.h>

#include "kernels_internal.h"
#include "row_pointers.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), \
                             apply_to = function)

enum { TILE = 6, LANES = 16, STEPS = 8 };

#define ROWS_OF_A_TILE ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6)

typedef __m512i partial;

static inline __attribute__((always_inline)) __m512 halves(const uint8_t *from) {
    return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(const void *)from));
}

#define add_products(sum, codes, four) _mm512_dpbusd_epi32(sum, (__m512i)(codes), (__m512i)(four))
#define whole(sum) ((integers)(sum))

#define KEEP_ORDER(sum) __asm__ volatile("" : "+v"(sum))

#include "gemm_blocks_body.h"

#pragma clang attribute pop

void ir_gemm_blocks_avx512vnni(ir_kernels *table) { gemm_blocks_fill(table); }

#endif
