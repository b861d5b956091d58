#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "ir_attention.h"
#include "ir_kernels.h"
#include "ir_key_values.h"
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

// The nearest IEEE 754 binary16's bits, ties to even; beyond 65,504 infinity. NaN stays NaN.
static inline uint16_t ir_float_to_half(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    const uint16_t sign = (uint16_t)(bits >> 16 & 0x8000u);
    const uint32_t magnitude = bits & 0x7FFFFFFFu;
    if (magnitude >= 0x47800000u) {
        return (uint16_t)(sign | (magnitude > 0x7F800000u ? 0x7E00u : 0x7C00u));
    }
    if (magnitude < 0x38800000u) {
        // Subnormal: the sum with 0.5 has steps of 2^-24, and its low bits are the result.
        float sum;
        memcpy(&sum, &magnitude, sizeof sum);
        sum += 0.5f;
        memcpy(&bits, &sum, sizeof bits);
        return (uint16_t)(sign | (bits - 0x3F000000u));
    }
    // A carry out of the mantissa goes into the exponent, and out of the largest one to infinity.
    const uint32_t rounded = magnitude - 0x38000000u + 0xFFFu + (magnitude >> 13 & 1);
    return (uint16_t)(sign | rounded >> 13);
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
