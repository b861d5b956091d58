// Fills a table with the decoders of dequantize_body.h, whose names the includer gives as DECODED(format). No guard.

static void dequantize_fill(ir_kernels *table) {
    table->dequantize_f32 = DECODED(f32);
    table->dequantize_f16 = DECODED(f16);
    table->dequantize_bf16 = DECODED(bf16);
    table->dequantize_q4_0 = DECODED(q4_0);
    table->dequantize_q4_1 = DECODED(q4_1);
    table->dequantize_q5_0 = DECODED(q5_0);
    table->dequantize_q5_1 = DECODED(q5_1);
    table->dequantize_q8_0 = DECODED(q8_0);
    table->dequantize_q4_k = DECODED(q4_k);
    table->dequantize_q5_k = DECODED(q5_k);
    table->dequantize_q6_k = DECODED(q6_k);
}
