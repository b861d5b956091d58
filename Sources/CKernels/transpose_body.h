// pack_panel from a transposition of BLOCK x BLOCK floats, which the includer defines as `transpose`. No guard: included
// once for each instruction set.

static void transpose_panel(const float *rows, size_t row_stride, size_t row_count, size_t depth, float *panel) {
    const size_t whole_depth = depth / BLOCK * BLOCK;
    for (size_t r = 0; r < IR_PANEL_WIDTH; r += BLOCK) {
        const bool whole = r + BLOCK <= row_count;
        for (size_t k = 0; whole && k < whole_depth; k += BLOCK) {
            transpose(rows + r * row_stride + k, row_stride, panel + k * IR_PANEL_WIDTH + r, IR_PANEL_WIDTH);
        }
        for (size_t k = whole ? whole_depth : 0; k < depth; k++) {
            for (size_t i = r; i < r + BLOCK; i++) {
                panel[k * IR_PANEL_WIDTH + i] = i < row_count ? rows[i * row_stride + k] : 0;
            }
        }
    }
}
