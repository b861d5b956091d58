// Decoding of stored tensors for AVX-512: the portable loops, vectorised by the compiler.

#if defined(__x86_64__)

#include "kernels_internal.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)

#define DECODER(format) static void decode_##format
#include "dequantize_body.h"

#define DECODED(format) decode_##format
#include "dequantize_fill.h"

#pragma clang attribute pop

void ir_dequantize_avx512(ir_kernels *table) { dequantize_fill(table); }

#endif
