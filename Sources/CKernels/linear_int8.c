// Linear layers in int8: weights repacked once, activations quantised per row and group.

#include <string.h>

#include "ir_linear.h"

static size_t at_most(size_t value, size_t limit) { return value < limit ? value : limit; }

void ir_linear_pack_int8(const ir_kernels *kernels, const ir_weights *weights, const ir_weights_int8 *packed,
                         size_t panel, ir_worker *worker) {
    const size_t inputs = weights->inputs;
    const size_t first_row = panel * IR_PANEL_WIDTH;
    const size_t rows = at_most(weights->outputs - first_row, IR_PANEL_WIDTH);
    float *decoded = ir_worker_scratch(worker, IR_PANEL_WIDTH * inputs * sizeof(float));
    // Rows without gaps are decoded in one go.
    const uint8_t *source = (const uint8_t *)weights->rows + first_row * weights->row_bytes;
    weights->dequantize(source, decoded, rows * (inputs / weights->block_elements));
    if (packed->rotated) {
        kernels->rotate(decoded, rows * inputs);
    }
    kernels->pack_panel_int8(decoded, inputs, rows, inputs, packed->group, packed->codes + panel * IR_PANEL_WIDTH * inputs,
                             packed->scales + panel * IR_PANEL_WIDTH * (inputs / packed->group));
}

// What a tile adds to: y itself, or the bias.
static void add_bias(const ir_kernels *kernels, const float *bias, float *y, size_t y_stride, size_t rows,
                     size_t columns) {
    for (size_t i = 0; i < rows; i++) {
        kernels->add(bias, y + i * y_stride, columns);
    }
}

void ir_linear_int8(const ir_kernels *kernels, const ir_weights_int8 *weights, const float *bias, ir_rows_int8 x,
                    ir_rows y, ir_output output, size_t first_panel, size_t panel_count) {
    const size_t inputs = weights->inputs;
    const size_t groups = inputs / weights->group;
    const size_t first_row = first_panel * IR_PANEL_WIDTH;
    const size_t columns = at_most(panel_count * IR_PANEL_WIDTH, weights->outputs - first_row);
    const size_t tile_rows = kernels->gemm_int8_tile_rows;
    for (size_t i = 0; i < x.rows; i += tile_rows) {
        const size_t rows = at_most(x.rows - i, tile_rows);
        for (size_t j = 0; j < columns; j += IR_PANEL_WIDTH) {
            const size_t width = at_most(columns - j, IR_PANEL_WIDTH);
            const size_t panel = first_panel + j / IR_PANEL_WIDTH;
            float *target = y.values + i * y.stride + j;
            float narrow[32 * IR_PANEL_WIDTH];
            float *tile = width == IR_PANEL_WIDTH ? target : narrow;
            const size_t tile_stride = width == IR_PANEL_WIDTH ? y.stride : IR_PANEL_WIDTH;
            const bool accumulate = output == IR_OUTPUT_ADD;
            if (tile == narrow && accumulate) {
                for (size_t r = 0; r < rows; r++) {
                    memcpy(narrow + r * IR_PANEL_WIDTH, target + r * y.stride, width * sizeof(float));
                }
            }
            kernels->gemm_tile_int8(rows, groups, weights->group, x.codes + i * inputs, inputs, x.scales + i * groups,
                                    x.sums + i * groups, weights->codes + panel * IR_PANEL_WIDTH * inputs,
                                    weights->scales + panel * IR_PANEL_WIDTH * groups, tile, tile_stride, accumulate);
            if (tile == narrow) {
                for (size_t r = 0; r < rows; r++) {
                    memcpy(target + r * y.stride, narrow + r * IR_PANEL_WIDTH, width * sizeof(float));
                }
            }
            if (bias != NULL) {
                add_bias(kernels, bias + first_row + j, target, y.stride, rows, width);
            }
        }
    }
}
