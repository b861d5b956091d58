// Decoding of stored tensors in portable C: see dequantize_body.h.

#define DECODER(format) void ir_dequantize_##format
#include "dequantize_body.h"

#include "kernels_internal.h"

void ir_dequantize_scalar(ir_kernels *table) {
    table->dequantize_f32 = ir_dequantize_f32;
    table->dequantize_f16 = ir_dequantize_f16;
    table->dequantize_bf16 = ir_dequantize_bf16;
    table->dequantize_q4_0 = ir_dequantize_q4_0;
    table->dequantize_q4_1 = ir_dequantize_q4_1;
    table->dequantize_q5_0 = ir_dequantize_q5_0;
    table->dequantize_q5_1 = ir_dequantize_q5_1;
    table->dequantize_q8_0 = ir_dequantize_q8_0;
    table->dequantize_q4_k = ir_dequantize_q4_k;
    table->dequantize_q5_k = ir_dequantize_q5_k;
    table->dequantize_q6_k = ir_dequantize_q6_k;
}
