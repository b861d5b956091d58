// Float32 matrix tiles for AVX-512: 14 rows by 32 columns in 28 registers.

#if defined(__x86_64__)

#include "kernels_internal.h"
#include "row_pointers.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)

enum { TILE = 14, LANES = 16, VECTORS = 2, AHEAD = 8 };

#include "gemm_float32_body.h"

#pragma clang attribute pop

void ir_gemm_float32_avx512(ir_kernels *table) { gemm_float32_fill(table); }

#endif
