// Linear layers in float32. The weights stay in the mapped file; a few panels of them are decoded at a time, for a slice
// of the inputs that the second-level cache holds, and multiplied with all rows of x.

#include <string.h>

#include "ir_linear.h"

enum {
    // Inputs in one slice, about: 4 panels of 32 rows x 384 inputs x 4 bytes = 196 KB.
    SLICE_INPUTS = 384,
};

static size_t at_most(size_t value, size_t limit) { return value < limit ? value : limit; }

// The columns of the panels that exist: the last panel may be narrower.
static size_t panel_columns(size_t outputs, size_t first_panel, size_t panel_count) {
    return at_most(panel_count * IR_PANEL_WIDTH, outputs - first_panel * IR_PANEL_WIDTH);
}

// Gives y its bias, so that all the rest adds; returns whether y now holds something to add to.
static bool start_with_bias(const float *bias, ir_rows y, ir_output output, size_t columns, const ir_kernels *kernels) {
    if (bias != NULL) {
        for (size_t i = 0; i < y.rows; i++) {
            if (output == IR_OUTPUT_ADD) {
                kernels->add(bias, y.values + i * y.stride, columns);
            } else {
                memcpy(y.values + i * y.stride, bias, columns * sizeof(float));
            }
        }
        return true;
    }
    return output == IR_OUTPUT_ADD;
}

static void decode(const ir_weights *weights, size_t row, size_t first_input, size_t inputs, float *out) {
    const uint8_t *bytes = weights->rows;
    weights->dequantize(bytes + row * weights->row_bytes + first_input / weights->block_elements * weights->block_bytes,
                        out, inputs / weights->block_elements);
}

// The slices are equal but for rounding to whole blocks; they depend on the weights alone, and so does the order of sums.
static size_t slice_length(const ir_weights *weights) {
    const size_t slices = (weights->inputs + SLICE_INPUTS - 1) / SLICE_INPUTS;
    const size_t length = (weights->inputs + slices - 1) / slices;
    const size_t unit = weights->block_elements;
    return (length + unit - 1) / unit * unit;
}

static void pack_slice(const ir_kernels *kernels, const ir_weights *weights, size_t first_row, size_t columns,
                       size_t first_input, size_t inputs, float *decoded, float *panels) {
    for (size_t j = 0; j < columns; j += IR_PANEL_WIDTH) {
        const size_t rows = at_most(columns - j, IR_PANEL_WIDTH);
        for (size_t r = 0; r < rows; r++) {
            decode(weights, first_row + j + r, first_input, inputs, decoded + r * inputs);
        }
        kernels->pack_panel(decoded, inputs, rows, inputs, panels + j * inputs);
    }
}

static void multiply_tile(const ir_kernels *kernels, size_t rows, size_t inputs, const float *x, size_t x_stride,
                          const float *panel, float *y, size_t y_stride, size_t columns, bool accumulate) {
    if (columns == IR_PANEL_WIDTH) {
        kernels->gemm_tile(rows, inputs, x, x_stride, panel, IR_PANEL_WIDTH, y, y_stride, accumulate);
        return;
    }
    float tile[32 * IR_PANEL_WIDTH];
    kernels->gemm_tile(rows, inputs, x, x_stride, panel, IR_PANEL_WIDTH, tile, IR_PANEL_WIDTH, false);
    for (size_t i = 0; i < rows; i++) {
        if (accumulate) {
            kernels->add(tile + i * IR_PANEL_WIDTH, y + i * y_stride, columns);
        } else {
            memcpy(y + i * y_stride, tile + i * IR_PANEL_WIDTH, columns * sizeof(float));
        }
    }
}

void ir_linear_float32(const ir_kernels *kernels, const ir_weights *weights, const float *bias, ir_rows x, ir_rows y,
                       ir_output output, size_t first_panel, size_t panel_count, ir_worker *worker) {
    const size_t first_row = first_panel * IR_PANEL_WIDTH;
    const size_t columns = panel_columns(weights->outputs, first_panel, panel_count);
    bool accumulate = start_with_bias(bias == NULL ? NULL : bias + first_row, y, output, columns, kernels);
    const size_t slice = slice_length(weights);
    float *decoded = ir_worker_scratch(worker, (panel_count + 1) * IR_PANEL_WIDTH * slice * sizeof(float));
    float *panels = decoded + IR_PANEL_WIDTH * slice;
    const size_t tile_rows = kernels->gemm_tile_rows;
    for (size_t k = 0; k < weights->inputs; k += slice) {
        const size_t inputs = at_most(weights->inputs - k, slice);
        pack_slice(kernels, weights, first_row, columns, k, inputs, decoded, panels);
        for (size_t i = 0; i < x.rows; i += tile_rows) {
            const size_t rows = at_most(x.rows - i, tile_rows);
            for (size_t j = 0; j < columns; j += IR_PANEL_WIDTH) {
                multiply_tile(kernels, rows, inputs, x.values + i * x.stride + k, x.stride, panels + j * inputs,
                              y.values + i * y.stride + j, y.stride, at_most(columns - j, IR_PANEL_WIDTH), accumulate);
            }
        }
        accumulate = true;
    }
}
