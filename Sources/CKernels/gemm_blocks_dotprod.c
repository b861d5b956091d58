// Products with weights in blocks for ARM's dot products of bytes.

#if defined(__aarch64__)

#include <arm_neon.h>

#include "kernels_internal.h"
#include "row_pointers.h"

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)

enum { TILE = 4, LANES = 4, STEPS = 8 };

#define ROWS_OF_A_TILE ROWS(1) ROWS(2) ROWS(3) ROWS(4)

typedef int32x4_t partial;

static inline __attribute__((always_inline)) float32x4_t halves(const uint8_t *from) {
    float16x4_t numbers;
    __builtin_memcpy(&numbers, from, sizeof numbers);
    return vcvt_f32_f16(numbers);
}

#define add_products(sum, codes, four) vdotq_s32(sum, (int8x16_t)(codes), (int8x16_t)(four))
#define whole(sum) ((integers)(sum))

#define KEEP_ORDER(sum) __asm__ volatile("" : "+w"(sum))

#include "gemm_blocks_body.h"

#pragma clang attribute pop

void ir_gemm_blocks_dotprod(ir_kernels *table) { gemm_blocks_fill(table); }

#endif
