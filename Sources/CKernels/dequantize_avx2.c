// Decoding of stored tensors for AVX2: the portable loops, vectorised by the compiler.

#if defined(__x86_64__)

#include "kernels_internal.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define DECODER(format) static void decode_##format
#include "dequantize_body.h"

#define DECODED(format) decode_##format
#include "dequantize_fill.h"

#pragma clang attribute pop

void ir_dequantize_avx2(ir_kernels *table) { dequantize_fill(table); }

#endif
