// Int8 matrix tiles for ARM's dot-product instructions (dotprod) and matrix instructions (i8mm).
//
// Weights become signed by flipping the top bit of w + 128, so that the integers are those of the definition without a
// correction.

#if defined(__aarch64__)

#include <arm_neon.h>

#include "kernels_internal.h"

static inline __attribute__((always_inline)) int8x16_t load_weights(const uint8_t *codes) {
    return vreinterpretq_s8_u8(veorq_u8(vld1q_u8(codes), vdupq_n_u8(0x80)));
}

// c[0 ..< 4] = (adds ? c : 0) + sum * x_scale * scales.
static inline __attribute__((always_inline)) void finish(int32x4_t sum, float x_scale, const float *scales, float *c,
                                                         bool adds) {
    const float32x4_t before = adds ? vld1q_f32(c) : vdupq_n_f32(0);
    vst1q_f32(c, vfmaq_f32(before, vmulq_n_f32(vcvtq_f32_s32(sum), x_scale), vld1q_f32(scales)));
}

// ---- dotprod: 4 rows by 16 columns in 16 registers, twice for the panel's 32 columns ----

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)

enum { DOT_TILE = 4, DOT_VECTORS = 4 };

static inline __attribute__((always_inline)) void multiply_dot(const int rows, size_t groups, size_t group,
                                                               const int8_t *x, size_t x_stride, const float *x_scales,
                                                               const uint8_t *panel, const float *panel_scales,
                                                               float *c, size_t c_stride, bool accumulate) {
    for (size_t g = 0; g < groups; g++) {
        int32x4_t sums[DOT_TILE][DOT_VECTORS];
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
            for (int v = 0; v < DOT_VECTORS; v++) {
                sums[i][v] = vdupq_n_s32(0);
            }
        }
        const uint8_t *codes = panel + g * group * IR_PANEL_WIDTH;
        for (size_t k = 0; k < group; k += IR_INT8_STEP) {
            int8x16_t w[DOT_VECTORS];
#pragma clang loop unroll(full)
            for (int v = 0; v < DOT_VECTORS; v++) {
                w[v] = load_weights(codes + k * IR_PANEL_WIDTH + 16 * v);
            }
#pragma clang loop unroll(full)
            for (int i = 0; i < rows; i++) {
                int32_t word;
                __builtin_memcpy(&word, x + (size_t)i * x_stride + g * group + k, sizeof word);
                const int8x16_t four = vreinterpretq_s8_s32(vdupq_n_s32(word));
#pragma clang loop unroll(full)
                for (int v = 0; v < DOT_VECTORS; v++) {
                    sums[i][v] = vdotq_s32(sums[i][v], w[v], four);
                }
            }
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
            for (int v = 0; v < DOT_VECTORS; v++) {
                finish(sums[i][v], x_scales[(size_t)i * groups + g], panel_scales + g * IR_PANEL_WIDTH + 4 * v,
                       c + (size_t)i * c_stride + 4 * v, accumulate || g > 0);
            }
        }
    }
}

#define ROWS(n) \
    case n: \
        multiply_dot(n, groups, group, x, x_stride, x_scales, panel + j * IR_INT8_STEP, panel_scales + j, c + j, \
                     c_stride, accumulate); \
        break;

static void gemm_tile_int8_dot(size_t rows, size_t groups, size_t group, const int8_t *x, size_t x_stride,
                               const float *x_scales, const int32_t *x_sums, const uint8_t *panel,
                               const float *panel_scales, float *c, size_t c_stride, bool accumulate) {
    (void)x_sums;
    for (size_t j = 0; j < IR_PANEL_WIDTH; j += 4 * DOT_VECTORS) {
        switch (rows) {
            ROWS(1) ROWS(2) ROWS(3) ROWS(4)
            default: break;
        }
    }
}

#pragma clang attribute pop

// ---- i8mm: 8 rows by 8 columns in 16 registers of 2 x 2, four times for the panel's 32 columns ----

#pragma clang attribute push(__attribute__((target("i8mm"))), apply_to = function)

enum { MATRIX_TILE = 8, MATRIX_COLUMNS = 8, PAIRS = MATRIX_TILE / 2 };

// Eight inputs of two columns side by side, from the four that a panel has: v = 0, 1 are the first four columns' pairs.
// `left` inputs remain: behind four of them there is nothing.
static inline __attribute__((always_inline)) void load_columns(const uint8_t *codes, size_t left, int8x16_t *w) {
    const int32x4_t none = vdupq_n_s32(0);
#pragma clang loop unroll(full)
    for (int v = 0; v < 4; v += 2) {
        const int32x4_t first = vreinterpretq_s32_s8(load_weights(codes + 8 * v));
        const int32x4_t second =
            left > IR_INT8_STEP ? vreinterpretq_s32_s8(load_weights(codes + 128 + 8 * v)) : none;
        w[v] = vreinterpretq_s8_s32(vzip1q_s32(first, second));
        w[v + 1] = vreinterpretq_s8_s32(vzip2q_s32(first, second));
    }
}

static inline __attribute__((always_inline)) int8x8_t load_inputs(const int8_t *x, size_t left) {
    if (left > IR_INT8_STEP) {
        return vld1_s8(x);
    }
    int32_t word;
    __builtin_memcpy(&word, x, sizeof word);
    return vreinterpret_s8_s32(vset_lane_s32(word, vdup_n_s32(0), 0));
}

static inline __attribute__((always_inline)) void multiply_matrix(const int rows, size_t groups, size_t group,
                                                                  const int8_t *x, size_t x_stride,
                                                                  const float *x_scales, const uint8_t *panel,
                                                                  const float *panel_scales, float *c, size_t c_stride,
                                                                  bool accumulate) {
    const int pairs = (rows + 1) / 2;
    for (size_t g = 0; g < groups; g++) {
        int32x4_t sums[PAIRS][4];
#pragma clang loop unroll(full)
        for (int p = 0; p < pairs; p++) {
#pragma clang loop unroll(full)
            for (int v = 0; v < 4; v++) {
                sums[p][v] = vdupq_n_s32(0);
            }
        }
        for (size_t k = 0; k < group; k += 2 * IR_INT8_STEP) {
            const size_t left = group - k;
            int8x16_t w[4];
            load_columns(panel + (g * group + k) * IR_PANEL_WIDTH, left, w);
#pragma clang loop unroll(full)
            for (int p = 0; p < pairs; p++) {
                // An odd last row is its own neighbour.
                const int other = 2 * p + 1 < rows ? 2 * p + 1 : 2 * p;
                const int8_t *at = x + g * group + k;
                const int8x16_t two = vcombine_s8(load_inputs(at + (size_t)(2 * p) * x_stride, left),
                                                  load_inputs(at + (size_t)other * x_stride, left));
#pragma clang loop unroll(full)
                for (int v = 0; v < 4; v++) {
                    sums[p][v] = vmmlaq_s32(sums[p][v], two, w[v]);
                }
            }
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
            for (int v = 0; v < 4; v += 2) {
                const int64x2_t left = vreinterpretq_s64_s32(sums[i / 2][v]);
                const int64x2_t right = vreinterpretq_s64_s32(sums[i / 2][v + 1]);
                const int64x2_t row = i % 2 == 0 ? vtrn1q_s64(left, right) : vtrn2q_s64(left, right);
                finish(vreinterpretq_s32_s64(row), x_scales[(size_t)i * groups + g],
                       panel_scales + g * IR_PANEL_WIDTH + 2 * v, c + (size_t)i * c_stride + 2 * v, accumulate || g > 0);
            }
        }
    }
}

#undef ROWS
#define ROWS(n) \
    case n: \
        multiply_matrix(n, groups, group, x, x_stride, x_scales, panel + j * IR_INT8_STEP, panel_scales + j, c + j, \
                        c_stride, accumulate); \
        break;

static void gemm_tile_int8_matrix(size_t rows, size_t groups, size_t group, const int8_t *x, size_t x_stride,
                                  const float *x_scales, const int32_t *x_sums, const uint8_t *panel,
                                  const float *panel_scales, float *c, size_t c_stride, bool accumulate) {
    (void)x_sums;
    for (size_t j = 0; j < IR_PANEL_WIDTH; j += MATRIX_COLUMNS) {
        switch (rows) {
            ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6) ROWS(7) ROWS(8)
            default: break;
        }
    }
}

#pragma clang attribute pop

void ir_gemm_int8_dotprod(ir_kernels *table) {
    table->gemm_int8_tile_rows = DOT_TILE;
    table->gemm_tile_int8 = gemm_tile_int8_dot;
}

void ir_gemm_int8_i8mm(ir_kernels *table) {
    table->gemm_int8_tile_rows = MATRIX_TILE;
    table->gemm_tile_int8 = gemm_tile_int8_matrix;
}

#endif
