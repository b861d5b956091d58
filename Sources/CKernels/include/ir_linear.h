// Linear layers, y = x * transpose(W) (+ bias), cut into panels of 32 output rows that threads share out.
#ifndef IR_LINEAR_H
#define IR_LINEAR_H

#include <stdbool.h>

#include "ir_kernels.h"
#include "ir_thread_pool.h"

#ifdef __cplusplus
extern "C" {
#endif

// Weights as they stand in a file: `outputs` rows of `inputs` elements, in blocks.
typedef struct ir_weights {
    const void *rows;
    size_t row_bytes;
    ir_dequantizer dequantize;
    size_t block_elements;
    size_t block_bytes;
    size_t outputs;
    size_t inputs;  // a multiple of block_elements
} ir_weights;

// Weights repacked to int8: see pack_panel_int8.
typedef struct ir_weights_int8 {
    uint8_t *codes;  // panels x inputs x 32, aligned to 64
    float *scales;   // panels x (inputs / group) x 32, aligned to 64
    size_t outputs;
    size_t inputs;  // a multiple of group
    size_t group;   // a multiple of 4, at most IR_INT8_MAXIMUM_GROUP
    bool rotated;   // whether the inputs are turned by `rotate`, as the activations then must be
} ir_weights_int8;

// Weights in blocks laid into each other: see ir_blocks.h.
typedef struct ir_weights_blocks {
    uint8_t *panels;  // panels x (inputs / 32) groups, aligned to 64
    ir_block_coding coding;
    size_t outputs;
    size_t inputs;  // a multiple of IR_BLOCK_INPUTS
} ir_weights_blocks;

// A row-major matrix of float32 whose rows are `stride` elements apart.
typedef struct ir_rows {
    float *values;
    size_t stride;
    size_t rows;
} ir_rows;

// Rows of activations as int8: see quantize_row. Rows are `inputs` codes, and `inputs / group` scales and sums, long.
typedef struct ir_rows_int8 {
    const int8_t *codes;
    const float *scales;
    const int32_t *sums;
    size_t rows;
} ir_rows_int8;

// Rows of activations as int8, for weights in blocks: see gemm_tile_blocks. Rows are `inputs` codes, and `inputs / 32`
// scales and sums, long.
typedef struct ir_rows_blocks {
    const int8_t *codes;
    const float *scales;
    const float *sums;
    size_t rows;
} ir_rows_blocks;

// What happens to y's former contents.
typedef enum ir_output { IR_OUTPUT_REPLACE = 0, IR_OUTPUT_ADD = 1 } ir_output;

// The part of y = x * transpose(W) that the panels first_panel ..< first_panel + panel_count give, decoding the weights
// on the fly. y's column 0 belongs to the first row of the first panel; bias (or NULL) to the layer's first row.
void ir_linear_float32(const ir_kernels *kernels, const ir_weights *weights, const float *bias, ir_rows x, ir_rows y,
                       ir_output output, size_t first_panel, size_t panel_count, ir_worker *worker);

// The same for weights and activations in int8.
void ir_linear_int8(const ir_kernels *kernels, const ir_weights_int8 *weights, const float *bias, ir_rows_int8 x,
                    ir_rows y, ir_output output, size_t first_panel, size_t panel_count);

// Repacks one panel of `weights` into `packed`.
void ir_linear_pack_int8(const ir_kernels *kernels, const ir_weights *weights, const ir_weights_int8 *packed,
                         size_t panel, ir_worker *worker);

// The same for weights in blocks and activations in int8.
void ir_linear_blocks(const ir_kernels *kernels, const ir_weights_blocks *weights, const float *bias, ir_rows_blocks x,
                      ir_rows y, ir_output output, size_t first_panel, size_t panel_count);

// Lays the stored blocks of one panel of `weights` into `packed`.
void ir_linear_pack_blocks(const ir_weights *weights, ir_block_reader read, const ir_weights_blocks *packed, size_t panel,
                           ir_worker *worker);

#ifdef __cplusplus
}
#endif

#endif
