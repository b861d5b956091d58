// How keys and values are laid out for attention. See ir_key_values.h.

#include "ir_key_values.h"

#include <string.h>

static size_t at_most(size_t value, size_t limit) { return value < limit ? value : limit; }
static size_t whole(size_t value, size_t unit) { return (value + unit - 1) / unit * unit; }

static size_t element_bytes(const ir_key_value_layout *layout) {
    return layout->bf16 ? sizeof(uint16_t) : sizeof(float);
}

// Elements of one key: bf16 are multiplied in pairs.
static size_t key_depth(const ir_key_value_layout *layout) {
    return layout->bf16 ? whole(layout->head_dimension, 2) : layout->head_dimension;
}

size_t ir_value_width(const ir_key_value_layout *layout) { return whole(layout->head_dimension, IR_PANEL_WIDTH); }

size_t ir_key_bytes(const ir_key_value_layout *layout, size_t capacity) {
    return capacity * key_depth(layout) * element_bytes(layout);
}

size_t ir_value_bytes(const ir_key_value_layout *layout, size_t capacity) {
    return capacity * ir_value_width(layout) * element_bytes(layout);
}

// ---- keys ----

// A row of 32-bit lanes, which are one float32 or two bf16 each, becomes a column of a panel.
static void scatter(const uint32_t *lanes, size_t count, uint32_t *panel, size_t column) {
    for (size_t k = 0; k < count; k++) {
        panel[k * IR_PANEL_WIDTH + column] = lanes[k];
    }
}

void ir_store_keys(const ir_kernels *kernels, const ir_key_value_layout *layout, const ir_key_value_block *block,
                   size_t head, size_t first, const float *rows, size_t stride, size_t count, ir_worker *worker) {
    const size_t dimension = layout->head_dimension, depth = key_depth(layout);
    const size_t lanes = depth * element_bytes(layout) / sizeof(uint32_t);
    uint8_t *start = (uint8_t *)block->keys + head * ir_key_bytes(layout, block->capacity);
    uint16_t *rounded = layout->bf16 ? ir_worker_scratch(worker, IR_PANEL_WIDTH * depth * sizeof(uint16_t)) : NULL;
    for (size_t done = 0; done < count;) {
        const size_t column = (first + done) % IR_PANEL_WIDTH;
        const size_t taken = at_most(count - done, IR_PANEL_WIDTH - column);
        uint32_t *panel = (uint32_t *)(void *)start + (first + done - column) * lanes;
        const float *source = rows + done * stride;
        size_t source_stride = stride;
        if (layout->bf16) {
            for (size_t r = 0; r < taken; r++) {
                rounded[r * depth + depth - 1] = 0;
                kernels->round_bf16(source + r * stride, dimension, 1, rounded + r * depth);
            }
            source = (const float *)(const void *)rounded;
            source_stride = lanes;
        }
        // A single key is soon scattered; a panel from its start is transposed as a whole.
        if (column == 0 && taken > 1) {
            kernels->pack_panel(source, source_stride, taken, lanes, (float *)(void *)panel);
        } else {
            for (size_t r = 0; r < taken; r++) {
                scatter((const uint32_t *)(const void *)(source + r * source_stride), lanes, panel, column + r);
            }
        }
        done += taken;
    }
}

static float widened(uint16_t half) {
    const uint32_t bits = (uint32_t)half << 16;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

void ir_load_keys(const ir_key_value_layout *layout, const ir_key_value_block *block, size_t head, size_t first,
                  size_t count, float *rows) {
    const size_t dimension = layout->head_dimension, depth = key_depth(layout);
    const uint8_t *start = (const uint8_t *)block->keys + head * ir_key_bytes(layout, block->capacity);
    for (size_t r = 0; r < count; r++) {
        const size_t column = (first + r) % IR_PANEL_WIDTH;
        const size_t panel = (first + r - column) * depth;
        for (size_t k = 0; k < dimension; k++) {
            rows[r * dimension + k] =
                layout->bf16
                    ? widened(((const uint16_t *)(const void *)start)[panel + k / 2 * 2 * IR_PANEL_WIDTH + 2 * column + k % 2])
                    : ((const float *)(const void *)start)[panel + k * IR_PANEL_WIDTH + column];
        }
    }
}

// ---- values ----

static void store_values_float32(const ir_key_value_layout *layout, float *values, size_t first, const float *rows,
                                 size_t stride, size_t count) {
    const size_t dimension = layout->head_dimension, width = ir_value_width(layout);
    for (size_t r = 0; r < count; r++) {
        float *target = values + (first + r) * width;
        memcpy(target, rows + r * stride, dimension * sizeof(float));
        memset(target + dimension, 0, (width - dimension) * sizeof(float));
    }
}

static void store_values_bf16(const ir_kernels *kernels, const ir_key_value_layout *layout, uint16_t *values,
                              size_t first, const float *rows, size_t stride, size_t count, uint16_t *rounded) {
    const size_t dimension = layout->head_dimension, width = ir_value_width(layout);
    size_t done = 0;
    if (first % 2 == 1 && count > 0) {
        // The second of a pair whose first is there already.
        uint16_t *pair = values + (first - 1) * width;
        kernels->round_bf16(rows, dimension, 1, rounded);
        for (size_t j = 0; j < dimension; j++) {
            pair[2 * j + 1] = rounded[j];
        }
        done = 1;
    }
    // A missing second of the last pair becomes 0: what is multiplied by no weight must be a number all the same.
    kernels->pair_rows_bf16(rows + done * stride, stride, count - done, dimension, width, values + (first + done) * width);
}

void ir_store_values(const ir_kernels *kernels, const ir_key_value_layout *layout, const ir_key_value_block *block,
                     size_t head, size_t first, const float *rows, size_t stride, size_t count, ir_worker *worker) {
    uint8_t *start = (uint8_t *)block->values + head * ir_value_bytes(layout, block->capacity);
    if (layout->bf16) {
        uint16_t *rounded = ir_worker_scratch(worker, layout->head_dimension * sizeof(uint16_t));
        store_values_bf16(kernels, layout, (uint16_t *)(void *)start, first, rows, stride, count, rounded);
    } else {
        store_values_float32(layout, (float *)(void *)start, first, rows, stride, count);
    }
}
