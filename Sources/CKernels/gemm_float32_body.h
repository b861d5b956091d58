// gemm_tile and gemm_tile_paired of the table in clang's vector extension, with the sums of a tile in registers. No guard: included once for each
// instruction set, which defines
//     TILE: rows of a tile; LANES: floats of a register; VECTORS: registers of a row, which divide the panel's 32 columns;
//     AHEAD: how many rows of a panel are fetched ahead of their use; 0: none.

enum { UNROLLED = 4, COLUMNS = LANES * VECTORS };

typedef float vector __attribute__((ext_vector_type(LANES)));
typedef uint32_t bits __attribute__((ext_vector_type(LANES)));

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// One column of `a` times one row of the panel.
INLINE void step(const int rows, vector sums[TILE][VECTORS], const row_pointers *a, size_t stride_bytes, size_t offset,
                 const float *panel, size_t panel_stride) {
    vector w[VECTORS];
    UNROLL for (int v = 0; v < VECTORS; v++) {
        if (AHEAD > 0) {
            __builtin_prefetch(panel + AHEAD * panel_stride + v * LANES);
        }
        __builtin_memcpy(&w[v], panel + v * LANES, sizeof w[v]);
    }
    UNROLL for (int i = 0; i < rows; i++) {
        float value;
        __builtin_memcpy(&value, row_at(a, i, stride_bytes, offset), sizeof value);
        UNROLL for (int v = 0; v < VECTORS; v++) {
            sums[i][v] = __builtin_elementwise_fma((vector)value, w[v], sums[i][v]);
        }
    }
}

// Two columns of `a` times two rows of a panel in bf16, whose elements alternate.
INLINE void step_paired(const int rows, vector sums[TILE][VECTORS], const row_pointers *a, size_t stride_bytes,
                        size_t offset, const uint16_t *panel) {
    bits pairs[VECTORS];
    UNROLL for (int v = 0; v < VECTORS; v++) { __builtin_memcpy(&pairs[v], panel + 2 * v * LANES, sizeof pairs[v]); }
    UNROLL for (int odd = 0; odd < 2; odd++) {
        vector w[VECTORS];
        UNROLL for (int v = 0; v < VECTORS; v++) {
            w[v] = (vector)(odd == 0 ? pairs[v] << 16 : pairs[v] & 0xFFFF0000u);
        }
        UNROLL for (int i = 0; i < rows; i++) {
            float value;
            __builtin_memcpy(&value, row_at(a, i, stride_bytes, offset + (size_t)odd * sizeof(float)), sizeof value);
            UNROLL for (int v = 0; v < VECTORS; v++) {
                sums[i][v] = __builtin_elementwise_fma((vector)value, w[v], sums[i][v]);
            }
        }
    }
}

INLINE void start_sums(const int rows, vector sums[TILE][VECTORS], float *c, size_t c_stride) {
    UNROLL for (int i = 0; i < rows; i++) {
        UNROLL for (int v = 0; v < VECTORS; v++) {
            sums[i][v] = 0;
            __builtin_prefetch(c + (size_t)i * c_stride + v * LANES, 1);
        }
    }
}

INLINE void store_sums(const int rows, vector sums[TILE][VECTORS], float *c, size_t c_stride, bool accumulate) {
    UNROLL for (int i = 0; i < rows; i++) {
        UNROLL for (int v = 0; v < VECTORS; v++) {
            float *target = c + (size_t)i * c_stride + v * LANES;
            vector before = 0;
            if (accumulate) {
                __builtin_memcpy(&before, target, sizeof before);
            }
            sums[i][v] += before;
            __builtin_memcpy(target, &sums[i][v], sizeof before);
        }
    }
}

INLINE void multiply_paired(const int rows, size_t pairs, const float *a, size_t a_stride, const uint16_t *panel,
                            size_t panel_stride, float *c, size_t c_stride, bool accumulate) {
    vector sums[TILE][VECTORS];
    start_sums(rows, sums, c, c_stride);
    const size_t stride = a_stride * sizeof(float);
    row_pointers at = start_rows(a, stride, rows);
    for (size_t k = 0; k < pairs; k++) {
        step_paired(rows, sums, &at, stride, 0, panel);
        panel += panel_stride;
        advance_rows(&at, 2 * sizeof(float), rows);
    }
    store_sums(rows, sums, c, c_stride, accumulate);
}

INLINE void multiply(const int rows, size_t depth, const float *a, size_t a_stride, const float *panel,
                     size_t panel_stride, float *c, size_t c_stride, bool accumulate) {
    vector sums[TILE][VECTORS];
    start_sums(rows, sums, c, c_stride);
    const size_t stride = a_stride * sizeof(float);
    row_pointers at = start_rows(a, stride, rows);
    size_t k = 0;
    for (; k + UNROLLED <= depth; k += UNROLLED) {
        UNROLL for (size_t s = 0; s < UNROLLED; s++) {
            step(rows, sums, &at, stride, s * sizeof(float), panel + s * panel_stride, panel_stride);
        }
        panel += UNROLLED * panel_stride;
        advance_rows(&at, UNROLLED * sizeof(float), rows);
    }
    for (; k < depth; k++) {
        step(rows, sums, &at, stride, 0, panel, panel_stride);
        panel += panel_stride;
        advance_rows(&at, sizeof(float), rows);
    }
    store_sums(rows, sums, c, c_stride, accumulate);
}

#define ROWS(n) \
    case n: \
        if (n <= TILE) { \
            MULTIPLY(n <= TILE ? n : 1) \
        } \
        break;
#define ALL_ROWS \
    switch (rows) { \
        ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6) ROWS(7) ROWS(8) ROWS(9) ROWS(10) ROWS(11) ROWS(12) ROWS(13) \
        ROWS(14) \
        default: break; \
    }

static void gemm_tile(size_t rows, size_t depth, const float *a, size_t a_stride, const float *panel,
                      size_t panel_stride, float *c, size_t c_stride, bool accumulate) {
#define MULTIPLY(n) multiply(n, depth, a, a_stride, panel + j, panel_stride, c + j, c_stride, accumulate);
    for (size_t j = 0; j < IR_PANEL_WIDTH; j += COLUMNS) {
        ALL_ROWS
    }
#undef MULTIPLY
}

static void gemm_tile_paired(size_t rows, size_t pairs, const float *a, size_t a_stride, const uint16_t *panel,
                             size_t panel_stride, float *c, size_t c_stride, bool accumulate) {
#define MULTIPLY(n) multiply_paired(n, pairs, a, a_stride, panel + 2 * j, panel_stride, c + j, c_stride, accumulate);
    for (size_t j = 0; j < IR_PANEL_WIDTH; j += COLUMNS) {
        ALL_ROWS
    }
#undef MULTIPLY
}

static void gemm_float32_fill(ir_kernels *table) {
    table->gemm_tile_rows = TILE;
    table->gemm_tile = gemm_tile;
    table->gemm_tile_paired = gemm_tile_paired;
}
