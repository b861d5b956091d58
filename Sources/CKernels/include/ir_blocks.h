// Weights in a model file's own blocks, in the order in which one token's row of activations reads them.
//
// Blocks as they stand in the file are slow to multiply: their scales lie between their codes, which do not fill a register,
// and each row of weights ends in a sum across one. So the blocks of 32 rows are laid into each other, code by code and
// scale by scale: nothing is rounded (but for the K formats' scales, see ir_block_reader), and one token reads 4.5 to 6 bits
// a weight where the int8 panels have 8.
#ifndef IR_BLOCKS_H
#define IR_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    // Consecutive inputs that share a scale, of weights as of activations.
    IR_BLOCK_INPUTS = 32,
};

// How weights are coded: value = scale * code + minimum, with codes of 4 or 5 bits.
//
// A panel's group is 32 inputs of 32 rows, in this order: 32 scales, binary16; 32 minima, binary16, if there are any; 128
// bytes of fifth bits, if the codes have five: bit s of byte b (b < 64) belongs to the low nibble of byte b of step s, that
// of byte 64 + b to the high one; eight steps of 64 bytes. Byte 4 * r + i of step s holds in its low nibble the code of row
// r, input 4 * s + i, and in the high one that of row r + 16, r < 16.
typedef struct ir_block_coding {
    bool fifth_bits;
    // Without minima the code 8 stands for zero, or 16 if the codes have five bits.
    bool minima;
} ir_block_coding;

static inline size_t ir_block_minima_at(void) { return 64; }
static inline size_t ir_block_fifth_bits_at(ir_block_coding coding) { return coding.minima ? 128 : 64; }
static inline size_t ir_block_steps_at(ir_block_coding coding) {
    return ir_block_fifth_bits_at(coding) + (coding.fifth_bits ? 128 : 0);
}
// The bytes of one group of a panel: a multiple of 64.
static inline size_t ir_block_group_bytes(ir_block_coding coding) { return ir_block_steps_at(coding) + 512; }

// 32 consecutive weights of a row.
typedef struct ir_block_weights {
    uint8_t codes[IR_BLOCK_INPUTS];
    uint16_t scale;    // binary16
    uint16_t minimum;  // binary16; unused without minima
} ir_block_weights;

// Takes one stored block, of 32 or 256 elements, apart into its groups of 32. The scales of the K formats are products of
// a binary16 and a 6-bit number and rounded to binary16: off by 2^-11 of themselves at most, a hundredth of a step.
typedef void (*ir_block_reader)(const void *block, ir_block_weights *groups);

void ir_read_block_q4_0(const void *block, ir_block_weights *groups);
void ir_read_block_q4_1(const void *block, ir_block_weights *groups);
void ir_read_block_q5_0(const void *block, ir_block_weights *groups);
void ir_read_block_q5_1(const void *block, ir_block_weights *groups);
void ir_read_block_q4_k(const void *block, ir_block_weights *groups);
void ir_read_block_q5_k(const void *block, ir_block_weights *groups);

#endif
