// The fields of stored blocks.
#ifndef IR_BLOCK_FIELDS_H
#define IR_BLOCK_FIELDS_H

#include "CKernels.h"

static inline uint16_t load_u16(const uint8_t *bytes) {
    return (uint16_t)(bytes[0] | (uint16_t)bytes[1] << 8);
}

static inline uint32_t load_u32(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static inline float load_half(const uint8_t *bytes) {
    return ir_half_to_float(load_u16(bytes));
}

// The eight 6-bit scales and eight 6-bit minima of a Q4_K or Q5_K block, packed in 12 bytes p:
// for i < 4, scale i is the low six bits of p[i] and minimum i those of p[i + 4]; for i >= 4 the low four bits of scale i
// and of minimum i are the two nibbles of p[i + 4], and their upper two bits are the top bits of p[i - 4] and of p[i].
static inline void unpack_scales(const uint8_t *packed, uint8_t scales[8], uint8_t minima[8]) {
    for (int i = 0; i < 4; i++) {
        scales[i] = packed[i] & 63;
        minima[i] = packed[i + 4] & 63;
        scales[i + 4] = (uint8_t)((packed[i + 8] & 15) | (packed[i] >> 6) << 4);
        minima[i + 4] = (uint8_t)((packed[i + 8] >> 4) | (packed[i + 4] >> 6) << 4);
    }
}

#endif
