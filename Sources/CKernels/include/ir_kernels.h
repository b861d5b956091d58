// The table of kernels: every operation in every instruction set that this build knows.
//
// The scalar table defines what each operation means; the others are tested against it. Which table is used is decided
// at run time from the CPU's features, never by build flags.
#ifndef IR_KERNELS_H
#define IR_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ir_blocks.h"
#include "ir_key_scan.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ir_level {
    IR_LEVEL_SCALAR = 0,
    IR_LEVEL_AVX2 = 1,         // AVX2, FMA, F16C
    IR_LEVEL_AVX512 = 2,       // AVX-512 F, BW, VL, DQ
    IR_LEVEL_AVX512_VNNI = 3,  // the same with VNNI
    IR_LEVEL_AVX512_BF16 = 4,  // the same with VNNI and BF16
    IR_LEVEL_NEON = 5,         // 64-bit ARM
    IR_LEVEL_NEON_DOT = 6,     // the same with dotprod
    IR_LEVEL_NEON_I8MM = 7,    // the same with dotprod and i8mm
} ir_level;

enum {
    IR_LEVEL_COUNT = 8,
    // Output rows that a packed panel of weights holds, in every instruction set.
    IR_PANEL_WIDTH = 32,
    // Consecutive inputs that lie side by side in an int8 panel: one 32-bit lane.
    IR_INT8_STEP = 4,
    // Rows that one call of softmax_rows takes at most.
    IR_SOFTMAX_ROWS = 16,
    // The largest group of inputs that shares one int8 scale. 1024 * 255 * 127 fits in an int32 with much room.
    IR_INT8_MAXIMUM_GROUP = 1024,
    // Inputs that `rotate` turns together.
    IR_ROTATION = 64,
};

// Decodes `block_count` consecutive blocks of a stored format to float32.
typedef void (*ir_dequantizer)(const void *blocks, float *out, size_t block_count);

typedef struct ir_kernels {
    ir_level level;
    const char *name;

    // ---- stored formats: all instruction sets give the same bits ----

    ir_dequantizer dequantize_f32;
    ir_dequantizer dequantize_f16;
    ir_dequantizer dequantize_bf16;
    ir_dequantizer dequantize_q4_0;
    ir_dequantizer dequantize_q4_1;
    ir_dequantizer dequantize_q5_0;
    ir_dequantizer dequantize_q5_1;
    ir_dequantizer dequantize_q8_0;
    ir_dequantizer dequantize_q4_k;
    ir_dequantizer dequantize_q5_k;
    ir_dequantizer dequantize_q6_k;

    // ---- float32 matrices ----

    // Sum of x[i] * y[i].
    float (*dot)(const float *x, const float *y, size_t count);

    // panel[k * 32 + r] = rows[r * row_stride + k] for r < row_count, 0 for the other r; k < depth. row_count <= 32.
    void (*pack_panel)(const float *rows, size_t row_stride, size_t row_count, size_t depth, float *panel);

    // How many rows of `a` one call of gemm_tile takes at most.
    size_t gemm_tile_rows;
    // c[i, j] = (accumulate ? c[i, j] : 0) + sum over k < depth of a[i * a_stride + k] * panel[k * panel_stride + j],
    // for i < rows <= gemm_tile_rows and j < 32.
    void (*gemm_tile)(size_t rows, size_t depth, const float *a, size_t a_stride, const float *panel,
                      size_t panel_stride, float *c, size_t c_stride, bool accumulate);

    // ---- int8 matrices ----

    // Turns each run of 64 values by the Walsh-Hadamard transform, scaled so that lengths stay: y[i] = sum over j of
    // (-1)^popcount(i & j) * x[j] / 8. Its own inverse. Outliers spread over their run, which the codes' steps follow.
    // count is a multiple of 64.
    void (*rotate)(float *x, size_t count);
    // Symmetric int8 codes of one row of activations, for each group of `group` values: scale = max |x| / 127,
    // code = round to nearest even of x / scale. sums[g] is the sum of the group's codes. count is a multiple of group.
    void (*quantize_row)(const float *x, size_t count, size_t group, int8_t *codes, float *scales, int32_t *sums);

    // Packs 32 rows of weights (missing ones as zeros): code u8 = round(w / scale) + 128 with scale = max |w| / 127 per
    // row and group. panel[(k / 4) * 128 + r * 4 + k % 4], scales[g * 32 + r]. depth is a multiple of group.
    void (*pack_panel_int8)(const float *rows, size_t row_stride, size_t row_count, size_t depth, size_t group,
                            uint8_t *panel, float *scales);

    // How many rows of activations one call of gemm_tile_int8 takes at most.
    size_t gemm_int8_tile_rows;
    // c[i, j] = (accumulate ? c[i, j] : 0) + sum over groups g of x_scales[i, g] * panel_scales[g, j] * integer[i, j, g],
    // integer = sum over the group's k of x[i, k] * (panel[k, j] - 128), exact; j < 32. The groups are added in order.
    // x_scales and x_sums have the row stride `groups`.
    void (*gemm_tile_int8)(size_t rows, size_t groups, size_t group, const int8_t *x, size_t x_stride,
                           const float *x_scales, const int32_t *x_sums, const uint8_t *panel,
                           const float *panel_scales, float *c, size_t c_stride, bool accumulate);

    // ---- weights in blocks, see ir_blocks.h ----

    // Whether these operations are faster than those on int8 panels, for a few rows of activations.
    bool multiplies_blocks;
    // How many rows of activations one call of gemm_tile_blocks takes at most.
    size_t gemm_blocks_tile_rows;
    // c[i, j] = (accumulate ? c[i, j] : 0) + sum over groups g of (minima[g, j] * x_sums[i, g] + scales[g, j] * x_scales[i,
    // g] * integer[i, j, g]), integer = sum over the group's 32 inputs k of x[i, k] * codes[k, j], exact; j < 32. The groups
    // are added in order. x_sums is the sum of the group's x, times its scale; x_scales and x_sums have the row stride
    // `groups`.
    void (*gemm_tile_blocks)(size_t rows, size_t groups, ir_block_coding coding, const int8_t *x, size_t x_stride,
                             const float *x_scales, const float *x_sums, const uint8_t *panel, float *c,
                             size_t c_stride, bool accumulate);

    // ---- bf16 matrices: float32 numbers without their lower halves ----

    // Whether the CPU multiplies bf16 itself. Where it does not, these products are slower than those of float32.
    bool multiplies_bf16;
    // out[i] = x[i] * factor, rounded to nearest even.
    void (*round_bf16)(const float *x, size_t count, float factor, uint16_t *out);
    // Rows in pairs whose elements alternate: panel[(p / 2) * 2 * width + 2 * j + p % 2] = rows[p * row_stride + j],
    // rounded, for p < row_count and j < columns; 0 for the other j < width, a multiple of 16, and for the odd row's
    // missing neighbour.
    void (*pair_rows_bf16)(const float *rows, size_t row_stride, size_t row_count, size_t columns, size_t width,
                           uint16_t *panel);
    // How many rows of `a` one call of gemm_tile_bf16 takes at most.
    size_t gemm_bf16_tile_rows;
    // c[i, j] = (accumulate ? c[i, j] : 0) + sum over k < 2 * pairs of a[i * a_stride + k] * panel[k / 2 * panel_stride +
    // 2 * j + k % 2], for i < rows <= gemm_bf16_tile_rows and j < 32; sums in float32.
    void (*gemm_tile_bf16)(size_t rows, size_t pairs, const uint16_t *a, size_t a_stride, const uint16_t *panel,
                           size_t panel_stride, float *c, size_t c_stride, bool accumulate);
    // The same with `a` in float32, where the panel's numbers are widened, for i < rows <= gemm_tile_rows.
    void (*gemm_tile_paired)(size_t rows, size_t pairs, const float *a, size_t a_stride, const uint16_t *panel,
                             size_t panel_stride, float *c, size_t c_stride, bool accumulate);

    // ---- elementwise ----

    // y[i] += x[i].
    void (*add)(const float *x, float *y, size_t count);
    // out[i] = x[i] * weight[i] / sqrt(mean(x^2) + epsilon). out may be x.
    void (*rms_norm)(const float *x, const float *weight, size_t count, float epsilon, float *out);
    // out[i] = silu(gate[i]) * up[i], silu(x) = x / (1 + exp(-x)). out may be gate or up.
    void (*silu_multiply)(const float *gate, const float *up, float *out, size_t count);
    // out[i] = gelu(gate[i]) * up[i], gelu(x) = x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))).
    void (*gelu_multiply)(const float *gate, const float *up, float *out, size_t count);
    // Rotates, in each of `heads` vectors head_stride apart, the pairs (x[2i], x[2i + 1]), i < pairs, by the angle whose
    // cosine and sine are given for each i.
    void (*rope_adjacent)(float *x, size_t heads, size_t head_stride, const float *cosines, const float *sines,
                          size_t pairs);
    // The same for the pairs (x[i], x[i + pairs]).
    void (*rope_halves)(float *x, size_t heads, size_t head_stride, const float *cosines, const float *sines,
                        size_t pairs);
    // x[i] = exp(x[i] - max) / sum of these.
    void (*softmax)(float *x, size_t count);

    // ---- attention ----

    // One step of the running softmax of `rows` (at most IR_SOFTMAX_ROWS) rows of scores, `stride` apart. Row r's scores
    // are those from first[r] to last[r]: takes their new maximum (and maxima[r]), replaces each of them by exp(score -
    // maximum) and all others below `padded` by 0, and brings totals[r], the sum of such powers, along. corrections[r]
    // gets exp(old maximum - new maximum), by which earlier weighted sums must be multiplied. Maxima start at -infinity,
    // totals at 0. A row may have no scores: then it becomes 0, and its correction is 1.
    void (*softmax_rows)(size_t rows, float *scores, size_t stride, const size_t *first, const size_t *last,
                         size_t padded, float *maxima, float *totals, float *corrections);
    // The same, but the powers go to `out`, rounded to bf16, and the scores stay as they are. padded is a multiple of 32.
    void (*softmax_rows_bf16)(size_t rows, const float *scores, size_t stride, const size_t *first, const size_t *last,
                              size_t padded, float *maxima, float *totals, float *corrections, uint16_t *out,
                              size_t out_stride);
    // x[i] *= factor.
    void (*scale)(float *x, size_t count, float factor);

    // ---- attention indexes ----

    // See ir_key_scan.h.
    void (*scan_keys)(const ir_key_scan *scan);
    // CRC-32C of `count` bytes, continuing the checksum of what stands before them (0 at the start).
    uint32_t (*crc32c)(uint32_t checksum, const void *bytes, size_t count);
} ir_kernels;

// The table of a level, or NULL if this CPU or this build lacks it.
const ir_kernels *ir_kernels_at(ir_level level);

// The table to use: the CPU's best, or the one that the environment variable INFINIRETRI_CPU names (scalar, avx2,
// avx512: AVX-512 without VNNI, avx512vnni: without BF16, neon, neondot, neoni8mm, native). A name that is unknown or that this CPU lacks means native. Decided once.
const ir_kernels *ir_kernels_current(void);

#ifdef __cplusplus
}
#endif

#endif
