// Readers of stored blocks: codes, scales and minima as they are. The layouts are described in dequantize_body.h.

#include "block_fields.h"

// The low and the high nibbles of 16 bytes, one after the other.
static void read_nibbles(const uint8_t *q, uint8_t *codes) {
    for (int j = 0; j < 16; j++) {
        codes[j] = q[j] & 15;
        codes[j + 16] = q[j] >> 4;
    }
}

static void add_fifth_bits(uint32_t bits, uint8_t *codes) {
    for (int j = 0; j < IR_BLOCK_INPUTS; j++) {
        codes[j] |= (uint8_t)((bits >> j & 1u) << 4);
    }
}

void ir_read_block_q4_0(const void *block, ir_block_weights *groups) {
    const uint8_t *bytes = block;
    groups->scale = load_u16(bytes);
    groups->minimum = 0;
    read_nibbles(bytes + 2, groups->codes);
}

void ir_read_block_q4_1(const void *block, ir_block_weights *groups) {
    const uint8_t *bytes = block;
    groups->scale = load_u16(bytes);
    groups->minimum = load_u16(bytes + 2);
    read_nibbles(bytes + 4, groups->codes);
}

void ir_read_block_q5_0(const void *block, ir_block_weights *groups) {
    const uint8_t *bytes = block;
    groups->scale = load_u16(bytes);
    groups->minimum = 0;
    read_nibbles(bytes + 6, groups->codes);
    add_fifth_bits(load_u32(bytes + 2), groups->codes);
}

void ir_read_block_q5_1(const void *block, ir_block_weights *groups) {
    const uint8_t *bytes = block;
    groups->scale = load_u16(bytes);
    groups->minimum = load_u16(bytes + 2);
    read_nibbles(bytes + 8, groups->codes);
    add_fifth_bits(load_u32(bytes + 4), groups->codes);
}

// The scales and minima of a K block's groups, and the nibbles at `low`.
static void read_groups(const uint8_t *block, const uint8_t *low, ir_block_weights *groups) {
    const float d = load_half(block), dmin = load_half(block + 2);
    uint8_t scales[8], minima[8];
    unpack_scales(block + 4, scales, minima);
    for (int g = 0; g < 8; g++) {
        groups[g].scale = ir_float_to_half(d * (float)scales[g]);
        groups[g].minimum = ir_float_to_half(-(dmin * (float)minima[g]));
        const uint8_t *q = low + 32 * (g / 2);
        const int shift = 4 * (g % 2);
        for (int j = 0; j < IR_BLOCK_INPUTS; j++) {
            groups[g].codes[j] = q[j] >> shift & 15;
        }
    }
}

void ir_read_block_q4_k(const void *block, ir_block_weights *groups) {
    const uint8_t *bytes = block;
    read_groups(bytes, bytes + 16, groups);
}

void ir_read_block_q5_k(const void *block, ir_block_weights *groups) {
    const uint8_t *bytes = block, *high = bytes + 16;
    read_groups(bytes, bytes + 48, groups);
    for (int g = 0; g < 8; g++) {
        for (int j = 0; j < IR_BLOCK_INPUTS; j++) {
            groups[g].codes[j] |= (uint8_t)((high[j] >> g & 1) << 4);
        }
    }
}
