// What linear layers on repacked panels have in common: the walk over the tiles of y.
#ifndef IR_PANEL_TILES_H
#define IR_PANEL_TILES_H

#include "ir_linear.h"

// Makes one tile: c[0 ..< rows, 0 ..< 32] = (accumulate ? c : 0) + the rows of x from first_row on, times a panel.
typedef void (*ir_panel_tile)(const void *operands, size_t first_row, size_t rows, size_t panel, float *c,
                              size_t c_stride, bool accumulate);

// The part of y that the panels first_panel ..< first_panel + panel_count of `outputs` rows give, tile by tile; a last
// panel may be narrower than its tile. bias (or NULL) is added.
void ir_walk_panel_tiles(const ir_kernels *kernels, ir_panel_tile make, const void *operands, size_t tile_rows,
                         size_t outputs, const float *bias, size_t rows, ir_rows y, ir_output output,
                         size_t first_panel, size_t panel_count);

#endif
