// See panel_tiles.h.

#include "panel_tiles.h"

#include <string.h>

// The rows of any tile: what a narrow panel's tile has room for.
enum { MAXIMUM_ROWS = 32 };

static size_t at_most(size_t value, size_t limit) { return value < limit ? value : limit; }

static void copy_rows(float *to, size_t to_stride, const float *from, size_t from_stride, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++) {
        memcpy(to + r * to_stride, from + r * from_stride, columns * sizeof(float));
    }
}

void ir_walk_panel_tiles(const ir_kernels *kernels, ir_panel_tile make, const void *operands, size_t tile_rows,
                         size_t outputs, const float *bias, size_t rows, ir_rows y, ir_output output,
                         size_t first_panel, size_t panel_count) {
    const size_t first_output = first_panel * IR_PANEL_WIDTH;
    const size_t columns = at_most(panel_count * IR_PANEL_WIDTH, outputs - first_output);
    const bool accumulate = output == IR_OUTPUT_ADD;
    for (size_t i = 0; i < rows; i += tile_rows) {
        const size_t count = at_most(rows - i, tile_rows);
        for (size_t j = 0; j < columns; j += IR_PANEL_WIDTH) {
            const size_t width = at_most(columns - j, IR_PANEL_WIDTH);
            const size_t panel = first_panel + j / IR_PANEL_WIDTH;
            float *target = y.values + i * y.stride + j;
            if (width == IR_PANEL_WIDTH) {
                make(operands, i, count, panel, target, y.stride, accumulate);
            } else {
                float narrow[MAXIMUM_ROWS * IR_PANEL_WIDTH];
                if (accumulate) {
                    copy_rows(narrow, IR_PANEL_WIDTH, target, y.stride, count, width);
                }
                make(operands, i, count, panel, narrow, IR_PANEL_WIDTH, accumulate);
                copy_rows(target, y.stride, narrow, IR_PANEL_WIDTH, count, width);
            }
            for (size_t r = 0; bias != NULL && r < count; r++) {
                kernels->add(bias + first_output + j, target + r * y.stride, width);
            }
        }
    }
}
