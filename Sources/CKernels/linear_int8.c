// Linear layers in int8: weights repacked once, activations quantised per row and group.

#include "panel_tiles.h"

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

typedef struct {
    const ir_kernels *kernels;
    const ir_weights_int8 *weights;
    ir_rows_int8 x;
} operands_int8;

static void make_tile(const void *context, size_t first_row, size_t rows, size_t panel, float *c, size_t c_stride,
                      bool accumulate) {
    const operands_int8 *operands = context;
    const ir_weights_int8 *weights = operands->weights;
    const ir_rows_int8 x = operands->x;
    const size_t inputs = weights->inputs, groups = inputs / weights->group;
    operands->kernels->gemm_tile_int8(rows, groups, weights->group, x.codes + first_row * inputs, inputs,
                                      x.scales + first_row * groups, x.sums + first_row * groups,
                                      weights->codes + panel * IR_PANEL_WIDTH * inputs,
                                      weights->scales + panel * IR_PANEL_WIDTH * groups, c, c_stride, accumulate);
}

void ir_linear_int8(const ir_kernels *kernels, const ir_weights_int8 *weights, const float *bias, ir_rows_int8 x,
                    ir_rows y, ir_output output, size_t first_panel, size_t panel_count) {
    const operands_int8 operands = {kernels, weights, x};
    ir_walk_panel_tiles(kernels, make_tile, &operands, kernels->gemm_int8_tile_rows, weights->outputs, bias, x.rows, y,
                        output, first_panel, panel_count);
}
