// Decoding of stored tensors to binary32: one function per GGML block format, in portable C. These definitions give the
// formats their meaning in this project. Included once for each instruction set, so without a guard: the compiler
// vectorises the loops for the target attributes in force. DECODER(format) is the head of a function, up to its name.
//
// All fields are little-endian. `half` is IEEE 754 binary16. Multiplication and addition round separately, so the
// results are the same on every machine and in every instruction set.

#include "block_fields.h"

#pragma STDC FP_CONTRACT OFF

static inline float float_from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

// F32: one binary32 number a block.
DECODER(f32)(const void *blocks, float *out, size_t block_count) {
    memcpy(out, blocks, block_count * sizeof(float));
}

// F16: one binary16 number a block.
DECODER(f16)(const void *blocks, float *out, size_t block_count) {
    const uint8_t *bytes = blocks;
    for (size_t i = 0; i < block_count; i++) {
        out[i] = load_half(bytes + 2 * i);
    }
}

// BF16: the upper half of one binary32 number a block.
DECODER(bf16)(const void *blocks, float *out, size_t block_count) {
    const uint8_t *bytes = blocks;
    for (size_t i = 0; i < block_count; i++) {
        out[i] = float_from_bits((uint32_t)load_u16(bytes + 2 * i) << 16);
    }
}

// Q4_0, 32 elements in 18 bytes: half scale; 16 bytes q. Byte j holds element j in its low nibble and element j + 16 in
// its high one. value = scale * (q - 8).
DECODER(q4_0)(const void *blocks, float *out, size_t block_count) {
    const uint8_t *block = blocks;
    for (size_t b = 0; b < block_count; b++, block += 18, out += 32) {
        const float scale = load_half(block);
        const uint8_t *q = block + 2;
        for (int j = 0; j < 16; j++) {
            out[j] = scale * (float)((q[j] & 15) - 8);
            out[j + 16] = scale * (float)((q[j] >> 4) - 8);
        }
    }
}

// Q4_1, 32 elements in 20 bytes: half scale; half minimum; 16 bytes q as in Q4_0. value = scale * q + minimum.
DECODER(q4_1)(const void *blocks, float *out, size_t block_count) {
    const uint8_t *block = blocks;
    for (size_t b = 0; b < block_count; b++, block += 20, out += 32) {
        const float scale = load_half(block);
        const float minimum = load_half(block + 2);
        const uint8_t *q = block + 4;
        for (int j = 0; j < 16; j++) {
            out[j] = scale * (float)(q[j] & 15) + minimum;
            out[j + 16] = scale * (float)(q[j] >> 4) + minimum;
        }
    }
}

// Q5_0, 32 elements in 22 bytes: half scale; 4 bytes whose bit i is the fifth bit of element i; 16 bytes with the low
// four bits as in Q4_0. value = scale * (q - 16).
DECODER(q5_0)(const void *blocks, float *out, size_t block_count) {
    const uint8_t *block = blocks;
    for (size_t b = 0; b < block_count; b++, block += 22, out += 32) {
        const float scale = load_half(block);
        const uint32_t high = load_u32(block + 2);
        const uint8_t *low = block + 6;
        for (int j = 0; j < 16; j++) {
            const int first = (low[j] & 15) | (int)((high >> j & 1u) << 4);
            const int second = (low[j] >> 4) | (int)((high >> (j + 16) & 1u) << 4);
            out[j] = scale * (float)(first - 16);
            out[j + 16] = scale * (float)(second - 16);
        }
    }
}

// Q5_1, 32 elements in 24 bytes: half scale; half minimum; fifth bits and low bits as in Q5_0.
// value = scale * q + minimum.
DECODER(q5_1)(const void *blocks, float *out, size_t block_count) {
    const uint8_t *block = blocks;
    for (size_t b = 0; b < block_count; b++, block += 24, out += 32) {
        const float scale = load_half(block);
        const float minimum = load_half(block + 2);
        const uint32_t high = load_u32(block + 4);
        const uint8_t *low = block + 8;
        for (int j = 0; j < 16; j++) {
            const int first = (low[j] & 15) | (int)((high >> j & 1u) << 4);
            const int second = (low[j] >> 4) | (int)((high >> (j + 16) & 1u) << 4);
            out[j] = scale * (float)first + minimum;
            out[j + 16] = scale * (float)second + minimum;
        }
    }
}

// Q8_0, 32 elements in 34 bytes: half scale; 32 signed bytes q. value = scale * q.
DECODER(q8_0)(const void *blocks, float *out, size_t block_count) {
    const uint8_t *block = blocks;
    for (size_t b = 0; b < block_count; b++, block += 34, out += 32) {
        const float scale = load_half(block);
        const int8_t *q = (const int8_t *)(block + 2);
        for (int j = 0; j < 32; j++) {
            out[j] = scale * (float)q[j];
        }
    }
}

// Q4_K, 256 elements in 144 bytes: half scale of scales; half scale of minima; 12 bytes with eight scales and minima;
// 128 bytes q. Eight groups of 32 elements: groups 2c and 2c + 1 are the low and the high nibbles of bytes 32c ... 32c + 31.
// value = (d * scale) * q - (dmin * minimum).
DECODER(q4_k)(const void *blocks, float *out, size_t block_count) {
    const uint8_t *block = blocks;
    for (size_t b = 0; b < block_count; b++, block += 144, out += 256) {
        const float d = load_half(block);
        const float dmin = load_half(block + 2);
        uint8_t scales[8], minima[8];
        unpack_scales(block + 4, scales, minima);
        for (int group = 0; group < 8; group++) {
            const float scale = d * (float)scales[group];
            const float minimum = dmin * (float)minima[group];
            const uint8_t *q = block + 16 + 32 * (group / 2);
            const int shift = 4 * (group % 2);
            for (int j = 0; j < 32; j++) {
                out[32 * group + j] = scale * (float)(q[j] >> shift & 15) - minimum;
            }
        }
    }
}

// Q5_K, 256 elements in 176 bytes: as Q4_K, with 32 bytes of fifth bits between scales and q: bit g of byte j belongs to
// element j of group g.
DECODER(q5_k)(const void *blocks, float *out, size_t block_count) {
    const uint8_t *block = blocks;
    for (size_t b = 0; b < block_count; b++, block += 176, out += 256) {
        const float d = load_half(block);
        const float dmin = load_half(block + 2);
        uint8_t scales[8], minima[8];
        unpack_scales(block + 4, scales, minima);
        const uint8_t *high = block + 16;
        for (int group = 0; group < 8; group++) {
            const float scale = d * (float)scales[group];
            const float minimum = dmin * (float)minima[group];
            const uint8_t *low = block + 48 + 32 * (group / 2);
            const int shift = 4 * (group % 2);
            for (int j = 0; j < 32; j++) {
                const int q = (low[j] >> shift & 15) | (high[j] >> group & 1) << 4;
                out[32 * group + j] = scale * (float)q - minimum;
            }
        }
    }
}

// Q6_K, 256 elements in 210 bytes: 128 bytes with the low four bits; 64 bytes with the upper two; 16 signed scales, one
// for each 16 elements; half d. Each half of the block (128 elements) has 64 low bytes and 32 high bytes; its quarter k
// (32 elements) takes low bytes 32 * (k % 2) ... + 31, low nibbles for k < 2 and high ones above, and bits 2k, 2k + 1 of
// the high bytes. value = (d * scale) * (q - 32).
DECODER(q6_k)(const void *blocks, float *out, size_t block_count) {
    const uint8_t *block = blocks;
    for (size_t b = 0; b < block_count; b++, block += 210, out += 256) {
        const int8_t *scales = (const int8_t *)(block + 192);
        const float d = load_half(block + 208);
        for (int group = 0; group < 8; group++) {
            const int half = group / 4;
            const int quarter = group % 4;
            const uint8_t *low = block + 64 * half + 32 * (quarter % 2);
            const uint8_t *high = block + 128 + 32 * half;
            const int low_shift = 4 * (quarter / 2), high_shift = 2 * quarter;
            for (int run = 0; run < 32; run += 16) {
                const float scale = d * (float)scales[2 * group + run / 16];
                for (int j = run; j < run + 16; j++) {
                    const int q = (low[j] >> low_shift & 15) | (high[j] >> high_shift & 3) << 4;
                    out[32 * group + j] = scale * (float)(q - 32);
                }
            }
        }
    }
}
