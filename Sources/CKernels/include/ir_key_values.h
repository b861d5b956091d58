// Keys and values of one layer in the form in which attention multiplies them: keys are transposed into panels of 32
// positions, values lie in rows of whole panels, in bf16 two rows alternating. So nothing is repacked when they are used.
#ifndef IR_KEY_VALUES_H
#define IR_KEY_VALUES_H

#include <stdbool.h>

#include "ir_kernels.h"
#include "ir_thread_pool.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    // Positions that a block has room for at most.
    IR_BLOCK_POSITIONS = 4 * IR_PANEL_WIDTH,
};

// What is stored of each position.
typedef struct ir_key_value_layout {
    size_t head_dimension;
    size_t heads;  // KV heads
    bool bf16;     // rounded to bf16, else float32
} ir_key_value_layout;

// Consecutive positions of a sequence: the keys of KV head h start at h * ir_key_bytes(layout, capacity), the values
// likewise at h * ir_value_bytes(layout, capacity).
typedef struct ir_key_value_block {
    void *keys;
    void *values;     // NULL where only keys are stored
    size_t start;     // the first position
    size_t count;     // positions that are there
    size_t capacity;  // positions that there is room for: a multiple of IR_PANEL_WIDTH, at most IR_BLOCK_POSITIONS
} ir_key_value_block;

// Elements of one value, padded to whole panels.
size_t ir_value_width(const ir_key_value_layout *layout);
// Bytes of one head's keys, or values, of a block with room for `capacity` positions.
size_t ir_key_bytes(const ir_key_value_layout *layout, size_t capacity);
size_t ir_value_bytes(const ir_key_value_layout *layout, size_t capacity);

// Stores the keys of one head of the block's positions first ..< first + count: rows of head_dimension elements, `stride`
// apart.
void ir_store_keys(const ir_kernels *kernels, const ir_key_value_layout *layout, const ir_key_value_block *block,
                   size_t head, size_t first, const float *rows, size_t stride, size_t count, ir_worker *worker);
// Stores values likewise.
void ir_store_values(const ir_kernels *kernels, const ir_key_value_layout *layout, const ir_key_value_block *block,
                     size_t head, size_t first, const float *rows, size_t stride, size_t count, ir_worker *worker);
// The keys of one head of the block's positions first ..< first + count, as count x head_dimension.
void ir_load_keys(const ir_key_value_layout *layout, const ir_key_value_block *block, size_t head, size_t first,
                  size_t count, float *rows);

#ifdef __cplusplus
}
#endif

#endif
