// Compares the kernels of every instruction set that the CPU has with their scalar definitions. The test suite does so more
// thoroughly; this program needs no Swift, and so runs under an emulator of another CPU. See check-neon.sh.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

enum { WIDTH = IR_PANEL_WIDTH, DEPTH = 192, ROWS = 16 };

static uint32_t state = 1;

static uint32_t next(void) { return (state = state * 1664525u + 1013904223u) >> 8; }
static float uniform(void) { return (float)next() * 0x1p-23f - 1.0f; }

static void fill(float *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        values[i] = 3 * uniform();
    }
}

static int failures = 0;

static void expect(int holds, const ir_kernels *table, const char *what, size_t a, size_t b) {
    if (!holds) {
        printf("%s: %s differs (%zu, %zu)\n", table->name, what, a, b);
        failures++;
    }
}

static int near(const float *a, const float *b, size_t count, float tolerance) {
    for (size_t i = 0; i < count; i++) {
        if (!(fabsf(a[i] - b[i]) <= tolerance * (1 + fabsf(b[i])))) {
            return 0;
        }
    }
    return 1;
}

static void check_float32(const ir_kernels *scalar, const ir_kernels *table) {
    float a[ROWS * DEPTH], rows[WIDTH * DEPTH], panel[2][WIDTH * DEPTH], c[2][ROWS * WIDTH];
    fill(a, ROWS * DEPTH);
    fill(rows, WIDTH * DEPTH);
    for (size_t count = 1; count <= WIDTH; count += 7) {
        scalar->pack_panel(rows, DEPTH, count, 61, panel[0]);
        table->pack_panel(rows, DEPTH, count, 61, panel[1]);
        expect(memcmp(panel[0], panel[1], 61 * WIDTH * sizeof(float)) == 0, table, "pack_panel", count, 61);
    }
    for (size_t count = 1; count <= table->gemm_tile_rows; count++) {
        for (size_t depth = 0; depth <= 61; depth += 1 + depth / 3) {
            fill(c[0], ROWS * WIDTH);
            memcpy(c[1], c[0], sizeof c[0]);
            for (size_t r = 0; r < count; r++) {
                scalar->gemm_tile(1, depth, a + r * DEPTH, DEPTH, panel[0], WIDTH, c[0] + r * WIDTH, WIDTH, count % 2);
            }
            table->gemm_tile(count, depth, a, DEPTH, panel[0], WIDTH, c[1], WIDTH, count % 2);
            expect(near(c[1], c[0], ROWS * WIDTH, 1e-3f), table, "gemm_tile", count, depth);
        }
    }
}

// Panels of bf16: rounded and paired, then multiplied with rows of float32.
static void check_bf16(const ir_kernels *scalar, const ir_kernels *table) {
    float a[ROWS * DEPTH], rows[DEPTH * WIDTH], c[2][ROWS * WIDTH];
    uint16_t rounded[2][DEPTH], panel[2][DEPTH * WIDTH];
    fill(a, ROWS * DEPTH);
    fill(rows, DEPTH * WIDTH);
    scalar->round_bf16(a, 61, 0.125f, rounded[0]);
    table->round_bf16(a, 61, 0.125f, rounded[1]);
    expect(memcmp(rounded[0], rounded[1], 61 * sizeof(uint16_t)) == 0, table, "round_bf16", 61, 0);
    for (size_t count = 1; count <= 61; count += 1 + count / 3) {
        const size_t pairs = (count + 1) / 2;
        scalar->pair_rows_bf16(rows, WIDTH, count, 20, WIDTH, panel[0]);
        table->pair_rows_bf16(rows, WIDTH, count, 20, WIDTH, panel[1]);
        expect(memcmp(panel[0], panel[1], pairs * 2 * WIDTH * sizeof(uint16_t)) == 0, table, "pair_rows_bf16", count, 20);
        for (size_t tile = 1; tile <= table->gemm_tile_rows; tile++) {
            fill(c[0], ROWS * WIDTH);
            memcpy(c[1], c[0], sizeof c[0]);
            for (size_t r = 0; r < tile; r++) {
                scalar->gemm_tile_paired(1, pairs, a + r * DEPTH, DEPTH, panel[0], 2 * WIDTH, c[0] + r * WIDTH, WIDTH,
                                         count % 2);
            }
            table->gemm_tile_paired(tile, pairs, a, DEPTH, panel[0], 2 * WIDTH, c[1], WIDTH, count % 2);
            expect(near(c[1], c[0], ROWS * WIDTH, 1e-3f), table, "gemm_tile_paired", tile, pairs);
        }
    }
}

static void check_int8(const ir_kernels *scalar, const ir_kernels *table, size_t group) {
    const size_t groups = DEPTH / group;
    float values[ROWS * DEPTH], weights[WIDTH * DEPTH], scales[2][ROWS * DEPTH], panel_scales[2][WIDTH * DEPTH];
    int8_t codes[2][ROWS * DEPTH];
    int32_t sums[2][ROWS * DEPTH];
    uint8_t panel[2][WIDTH * DEPTH];
    float c[2][ROWS * WIDTH];
    fill(values, ROWS * DEPTH);
    fill(weights, WIDTH * DEPTH);
    const ir_kernels *tables[2] = {scalar, table};
    for (int t = 0; t < 2; t++) {
        tables[t]->quantize_row(values, ROWS * DEPTH, group, codes[t], scales[t], sums[t]);
        tables[t]->pack_panel_int8(weights, DEPTH, 29, DEPTH, group, panel[t], panel_scales[t]);
    }
    const size_t count = ROWS * groups;
    expect(memcmp(codes[0], codes[1], sizeof codes[0]) == 0, table, "quantize_row's codes", group, 0);
    expect(memcmp(scales[0], scales[1], count * sizeof(float)) == 0, table, "quantize_row's scales", group, 0);
    expect(memcmp(sums[0], sums[1], count * sizeof(int32_t)) == 0, table, "quantize_row's sums", group, 0);
    expect(memcmp(panel[0], panel[1], sizeof panel[0]) == 0, table, "pack_panel_int8's codes", group, 0);
    expect(memcmp(panel_scales[0], panel_scales[1], groups * WIDTH * sizeof(float)) == 0, table,
           "pack_panel_int8's scales", group, 0);
    // Scales that are powers of two make every step exact.
    for (size_t i = 0; i < count; i++) {
        scales[0][i] = i % 2 == 0 ? 0.5f : 1;
    }
    for (size_t i = 0; i < groups * WIDTH; i++) {
        panel_scales[0][i] = i % 3 == 0 ? 2 : 1;
    }
    for (size_t rows = 1; rows <= table->gemm_int8_tile_rows; rows++) {
        memset(c, 0, sizeof c);
        for (size_t r = 0; r < rows; r++) {
            scalar->gemm_tile_int8(1, groups, group, codes[0] + r * DEPTH, DEPTH, scales[0] + r * groups,
                                   sums[0] + r * groups, panel[0], panel_scales[0], c[0] + r * WIDTH, WIDTH, true);
        }
        table->gemm_tile_int8(rows, groups, group, codes[0], DEPTH, scales[0], sums[0], panel[0], panel_scales[0], c[1],
                              WIDTH, true);
        expect(memcmp(c[0], c[1], sizeof c[0]) == 0, table, "gemm_tile_int8", rows, group);
    }
}

// Random bytes are codes of weights; scales and minima that are small integers make every step exact.
static void check_blocks(const ir_kernels *scalar, const ir_kernels *table, ir_block_coding coding) {
    enum { GROUPS = DEPTH / IR_BLOCK_INPUTS };
    uint8_t panel[GROUPS * 1024];
    int8_t x[ROWS * DEPTH];
    float scales[ROWS * GROUPS], sums[ROWS * GROUPS], c[2][ROWS * WIDTH];
    for (size_t i = 0; i < sizeof panel; i++) {
        panel[i] = (uint8_t)next();
    }
    for (size_t g = 0; g < GROUPS; g++) {
        for (size_t i = 0; i < (coding.minima ? 2 : 1) * WIDTH; i++) {
            const uint16_t half = ir_float_to_half((float)(next() % 4) - 2);
            memcpy(panel + g * ir_block_group_bytes(coding) + i * sizeof half, &half, sizeof half);
        }
    }
    for (size_t i = 0; i < ROWS * GROUPS; i++) {
        scales[i] = i % 2 == 0 ? 0.5f : 1;
        sums[i] = 0;
        for (size_t k = 0; k < IR_BLOCK_INPUTS; k++) {
            x[i * IR_BLOCK_INPUTS + k] = (int8_t)(next() % 255 - 127);
            sums[i] += scales[i] * (float)x[i * IR_BLOCK_INPUTS + k];
        }
    }
    for (size_t rows = 1; rows <= table->gemm_blocks_tile_rows; rows++) {
        memset(c, 0, sizeof c);
        scalar->gemm_tile_blocks(rows, GROUPS, coding, x, DEPTH, scales, sums, panel, c[0], WIDTH, true);
        table->gemm_tile_blocks(rows, GROUPS, coding, x, DEPTH, scales, sums, panel, c[1], WIDTH, true);
        expect(memcmp(c[0], c[1], sizeof c[0]) == 0, table, "gemm_tile_blocks", rows, coding.fifth_bits);
    }
}

static void check_vectors(const ir_kernels *scalar, const ir_kernels *table) {
    float x[DEPTH], y[DEPTH], out[2][DEPTH];
    fill(x, DEPTH);
    fill(y, DEPTH);
    const ir_kernels *tables[2] = {scalar, table};
    for (size_t count = 1; count <= 70; count++) {
        const float dots[2] = {scalar->dot(x, y, count), table->dot(x, y, count)};
        expect(near(&dots[1], &dots[0], 1, 1e-4f), table, "dot", count, 0);
        for (int t = 0; t < 2; t++) {
            tables[t]->rms_norm(x, y, count, 1e-5f, out[t]);
        }
        expect(near(out[1], out[0], count, 1e-5f), table, "rms_norm", count, 0);
        for (int t = 0; t < 2; t++) {
            tables[t]->silu_multiply(x, y, out[t], count);
        }
        expect(near(out[1], out[0], count, 1e-5f), table, "silu_multiply", count, 0);
        for (int t = 0; t < 2; t++) {
            memcpy(out[t], x, sizeof x);
            tables[t]->softmax(out[t], count);
        }
        expect(near(out[1], out[0], DEPTH, 1e-5f), table, "softmax", count, 0);
        for (int t = 0; t < 2; t++) {
            memcpy(out[t], x, sizeof x);
            tables[t]->rope_adjacent(out[t], 1, DEPTH, y, y + 80, count);
            tables[t]->rope_halves(out[t], 1, DEPTH, y, y + 80, count);
        }
        expect(near(out[1], out[0], DEPTH, 1e-4f), table, "rope", count, 0);
    }
    for (int t = 0; t < 2; t++) {
        memcpy(out[t], x, sizeof x);
        tables[t]->rotate(out[t], DEPTH);
    }
    expect(near(out[1], out[0], DEPTH, 1e-5f), table, "rotate", DEPTH, 0);
}

// A window of keys in int8, in int8 met by queries with low codes, and in float16.
static void check_key_scan(const ir_kernels *scalar, const ir_kernels *table, size_t keys, size_t queries) {
    enum { KEYS = 48, DIMENSION = 64, QUERIES = 13 };
    uint8_t codes[KEYS * DIMENSION];
    uint16_t halves[KEYS * DIMENSION];
    int8_t high[QUERIES * DIMENSION], low[QUERIES * DIMENSION];
    int32_t sums[2][QUERIES] = {{0}};
    float scales[KEYS], values[QUERIES * DIMENSION], query_scales[QUERIES], bases[QUERIES], others[QUERIES];
    float weights[QUERIES], powers[IR_KEY_SCAN_QUERIES * KEYS], scores[2][KEYS];
    for (size_t i = 0; i < KEYS * DIMENSION; i++) {
        codes[i] = (uint8_t)(1 + next() % 255);
        halves[i] = ir_float_to_half(uniform());
    }
    for (size_t i = 0; i < QUERIES * DIMENSION; i++) {
        high[i] = (int8_t)(next() % 255 - 127);
        low[i] = (int8_t)(next() % 129 - 64);
        sums[0][i / DIMENSION] += high[i];
        sums[1][i / DIMENSION] += low[i];
    }
    fill(values, QUERIES * DIMENSION);
    for (size_t i = 0; i < KEYS; i++) {
        scales[i] = 0.02f + 0.01f * uniform();
    }
    for (size_t i = 0; i < QUERIES; i++) {
        bases[i] = 3 * uniform();
        others[i] = 5 + uniform();
        weights[i] = 2 + uniform();
    }
    const ir_kernels *tables[2] = {scalar, table};
    for (int kind = 0; kind < 3; kind++) {
        for (size_t i = 0; i < QUERIES; i++) {
            query_scales[i] = (0.002f + 0.001f * uniform()) / (kind == 1 ? 128 : 1);
        }
        for (int t = 0; t < 2; t++) {
            memset(scores[t], 0, sizeof scores[t]);
            const ir_key_scan scan = {
                .keys = keys, .dimension = DIMENSION, .halves = kind == 2 ? halves : NULL, .codes = codes,
                .scales = scales, .query_codes = high, .query_sums = sums[0], .query_low_codes = kind == 1 ? low : NULL,
                .query_low_sums = sums[1], .query_scales = query_scales, .query_values = values, .queries = queries,
                .bases = bases, .others = others, .weights = weights, .powers = powers, .scores = scores[t],
            };
            tables[t]->scan_keys(&scan);
        }
        expect(near(scores[1], scores[0], keys, 1e-4f), table, "scan_keys", keys, queries);
    }
}

int main(void) {
    const ir_kernels *scalar = ir_kernels_at(IR_LEVEL_SCALAR);
    for (int level = IR_LEVEL_SCALAR + 1; level < IR_LEVEL_COUNT; level++) {
        const ir_kernels *table = ir_kernels_at((ir_level)level);
        if (table == NULL) {
            continue;
        }
        check_float32(scalar, table);
        check_bf16(scalar, table);
        const size_t groups[] = {4, 12, 32, 64, 192};
        for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
            check_int8(scalar, table, groups[i]);
        }
        for (int kind = 0; kind < 4; kind++) {
            check_blocks(scalar, table, (ir_block_coding){kind % 2, kind / 2});
        }
        check_vectors(scalar, table);
        for (size_t keys = 1; keys <= 48; keys += 1 + keys / 4) {
            check_key_scan(scalar, table, keys, 1 + keys % 13);
        }
        printf("%s: checked\n", table->name);
    }
    printf("in use: %s; %d failures\n", ir_kernels_current()->name, failures);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
