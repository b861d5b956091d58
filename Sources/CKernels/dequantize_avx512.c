// Decoding of stored tensors for AVX-512: the portable loops, vectorised by the compiler.

#if defined(__x86_64__)

#include "kernels_internal.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)

#define DECODER(format) static void decode_##format
#include "dequantize_body.h"

#pragma clang attribute pop

void ir_dequantize_avx512(ir_kernels *table) {
    // Binary32 is copied, by the C library.
    (void)decode_f32;
    table->dequantize_f16 = decode_f16;
    table->dequantize_bf16 = decode_bf16;
    table->dequantize_q4_0 = decode_q4_0;
    table->dequantize_q4_1 = decode_q4_1;
    table->dequantize_q5_0 = decode_q5_0;
    table->dequantize_q5_1 = decode_q5_1;
    table->dequantize_q8_0 = decode_q8_0;
    table->dequantize_q4_k = decode_q4_k;
    table->dequantize_q5_k = decode_q5_k;
    table->dequantize_q6_k = decode_q6_k;
}

#endif
