// Decoding of stored tensors in portable C: see dequantize_body.h.

#define DECODER(format) void ir_dequantize_##format
#include "dequantize_body.h"

#include "kernels_internal.h"

#define DECODED(format) ir_dequantize_##format
#include "dequantize_fill.h"

void ir_dequantize_scalar(ir_kernels *table) { dequantize_fill(table); }
