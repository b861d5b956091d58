// Float32 matrix tiles for AVX2 with FMA: 6 rows by 16 columns in 12 registers, twice for the panel's 32 columns.

#if defined(__x86_64__)

#include "kernels_internal.h"
#include "row_pointers.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

enum { TILE = 6, LANES = 8, VECTORS = 2, AHEAD = 0 };

#include "gemm_float32_body.h"

#pragma clang attribute pop

void ir_gemm_float32_avx2(ir_kernels *table) { gemm_float32_fill(table); }

#endif
