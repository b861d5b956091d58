#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "ir_attention.h"
#include "ir_kernels.h"
#include "ir_linear.h"
#include "ir_peak.h"
#include "ir_thread_pool.h"

#ifdef __cplusplus
extern "C" {
#endif

// ---- Dequantisation (dequantize.c) -------------------------------------------------------------------------------

// IEEE 754 binary16, given by its bits, as binary32. Exact for every value; NaN stays NaN.
static inline float ir_half_to_float(uint16_t half) {
    const uint32_t sign = (uint32_t)(half & 0x8000u) << 16;
    const uint32_t exponent = (half >> 10) & 0x1Fu;
    const uint32_t mantissa = half & 0x3FFu;
    uint32_t bits;
    if (exponent == 0) {
        // Zero and subnormals: mantissa * 2^-24, which is a normal binary32 number.
        const float magnitude = (float)mantissa * 0x1p-24f;
        memcpy(&bits, &magnitude, sizeof bits);
    } else if (exponent == 31) {
        bits = 0x7F800000u | (mantissa << 13);
    } else {
        bits = ((exponent + 112u) << 23) | (mantissa << 13);
    }
    bits |= sign;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

// Each decodes `block_count` consecutive blocks to binary32. `blocks` needs no alignment; `out` holds
// block_count * (elements per block) floats. Layouts are described in dequantize.c, sizes in BlockFormat.swift.
void ir_dequantize_f32(const void *blocks, float *out, size_t block_count);
void ir_dequantize_f16(const void *blocks, float *out, size_t block_count);
void ir_dequantize_bf16(const void *blocks, float *out, size_t block_count);
void ir_dequantize_q4_0(const void *blocks, float *out, size_t block_count);
void ir_dequantize_q4_1(const void *blocks, float *out, size_t block_count);
void ir_dequantize_q5_0(const void *blocks, float *out, size_t block_count);
void ir_dequantize_q5_1(const void *blocks, float *out, size_t block_count);
void ir_dequantize_q8_0(const void *blocks, float *out, size_t block_count);
void ir_dequantize_q4_k(const void *blocks, float *out, size_t block_count);
void ir_dequantize_q5_k(const void *blocks, float *out, size_t block_count);
void ir_dequantize_q6_k(const void *blocks, float *out, size_t block_count);

// ---- end of dequantisation ---------------------------------------------------------------------------------------

#ifdef __cplusplus
}
#endif

#endif
