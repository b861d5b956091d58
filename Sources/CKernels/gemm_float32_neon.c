// Float32 matrix tiles for ARM NEON: 6 rows by 16 columns in 24 registers, twice for the panel's 32 columns.

#if defined(__aarch64__)

#include "kernels_internal.h"
#include "row_pointers.h"

enum { TILE = 6, LANES = 4, VECTORS = 4, AHEAD = 0 };

#include "gemm_float32_body.h"

void ir_gemm_float32_neon(ir_kernels *table) { gemm_float32_fill(table); }

#endif
