// Linear layers on the model file's own blocks, laid into each other once: see ir_blocks.h.

#include <string.h>

#include "panel_tiles.h"

enum { HALF_PANEL = IR_PANEL_WIDTH / 2, STEPS = IR_BLOCK_INPUTS / IR_INT8_STEP, STEP_BYTES = 4 * HALF_PANEL };

static size_t at_most(size_t value, size_t limit) { return value < limit ? value : limit; }

static uint32_t four_codes(const ir_block_weights *weights, size_t step) {
    uint32_t four;
    memcpy(&four, weights->codes + step * IR_INT8_STEP, sizeof four);
    return four;
}

static void set_fifth_bits(uint8_t *bits, uint32_t codes, size_t step) {
    uint32_t four;
    memcpy(&four, bits, sizeof four);
    four |= (codes >> 4 & 0x01010101u) << step;
    memcpy(bits, &four, sizeof four);
}

// Lays 32 rows' groups, `stride` apart, into each other.
static void interleave(const ir_block_weights *rows, size_t stride, ir_block_coding coding, uint8_t *group) {
    for (size_t r = 0; r < IR_PANEL_WIDTH; r++) {
        memcpy(group + r * sizeof(uint16_t), &rows[r * stride].scale, sizeof(uint16_t));
        if (coding.minima) {
            memcpy(group + ir_block_minima_at() + r * sizeof(uint16_t), &rows[r * stride].minimum, sizeof(uint16_t));
        }
    }
    uint8_t *fifth_bits = group + ir_block_fifth_bits_at(coding), *steps = group + ir_block_steps_at(coding);
    memset(fifth_bits, 0, (size_t)(steps - fifth_bits));
    for (size_t s = 0; s < STEPS; s++) {
        for (size_t r = 0; r < HALF_PANEL; r++) {
            const uint32_t low = four_codes(&rows[r * stride], s), high = four_codes(&rows[(r + HALF_PANEL) * stride], s);
            const uint32_t both = (low & 0x0F0F0F0Fu) | (high & 0x0F0F0F0Fu) << 4;
            memcpy(steps + s * STEP_BYTES + r * IR_INT8_STEP, &both, sizeof both);
            if (coding.fifth_bits) {
                set_fifth_bits(fifth_bits + r * IR_INT8_STEP, low, s);
                set_fifth_bits(fifth_bits + STEP_BYTES + r * IR_INT8_STEP, high, s);
            }
        }
    }
}

void ir_linear_pack_blocks(const ir_weights *weights, ir_block_reader read, const ir_weights_blocks *packed, size_t panel,
                           ir_worker *worker) {
    const size_t group_bytes = ir_block_group_bytes(packed->coding), groups = packed->inputs / IR_BLOCK_INPUTS;
    const size_t first_row = panel * IR_PANEL_WIDTH;
    const size_t rows = at_most(weights->outputs - first_row, IR_PANEL_WIDTH);
    const size_t block_groups = weights->block_elements / IR_BLOCK_INPUTS;
    // One column of blocks at a time. Rows that are missing are zeros.
    const size_t bytes = IR_PANEL_WIDTH * block_groups * sizeof(ir_block_weights);
    ir_block_weights *column = ir_worker_scratch(worker, bytes);
    memset(column, 0, bytes);
    const uint8_t *source = (const uint8_t *)weights->rows + first_row * weights->row_bytes;
    uint8_t *target = packed->panels + panel * groups * group_bytes;
    for (size_t g = 0; g < groups; g += block_groups, source += weights->block_bytes) {
        for (size_t r = 0; r < rows; r++) {
            read(source + r * weights->row_bytes, column + r * block_groups);
        }
        for (size_t part = 0; part < block_groups; part++, target += group_bytes) {
            interleave(column + part, block_groups, packed->coding, target);
        }
    }
}

typedef struct {
    const ir_kernels *kernels;
    const ir_weights_blocks *weights;
    ir_rows_blocks x;
} operands_blocks;

static void make_tile(const void *context, size_t first_row, size_t rows, size_t panel, float *c, size_t c_stride,
                      bool accumulate) {
    const operands_blocks *operands = context;
    const ir_weights_blocks *weights = operands->weights;
    const ir_rows_blocks x = operands->x;
    const size_t inputs = weights->inputs, groups = inputs / IR_BLOCK_INPUTS;
    operands->kernels->gemm_tile_blocks(rows, groups, weights->coding, x.codes + first_row * inputs, inputs,
                                        x.scales + first_row * groups, x.sums + first_row * groups,
                                        weights->panels + panel * groups * ir_block_group_bytes(weights->coding), c,
                                        c_stride, accumulate);
}

void ir_linear_blocks(const ir_kernels *kernels, const ir_weights_blocks *weights, const float *bias, ir_rows_blocks x,
                      ir_rows y, ir_output output, size_t first_panel, size_t panel_count) {
    const operands_blocks operands = {kernels, weights, x};
    ir_walk_panel_tiles(kernels, make_tile, &operands, kernels->gemm_blocks_tile_rows, weights->outputs, bias, x.rows, y,
                        output, first_panel, panel_count);
}
