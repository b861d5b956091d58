// The definitions of the int8 matrix operations. Every instruction set computes the same integers.

#include <math.h>

#include "kernels_internal.h"

// Sums and differences of neighbours at the distances 1, 2, 4 ... 32.
static void rotate(float *x, size_t count) {
    for (size_t run = 0; run < count; run += IR_ROTATION) {
        for (size_t distance = 1; distance < IR_ROTATION; distance *= 2) {
            for (size_t i = run; i < run + IR_ROTATION; i++) {
                if ((i & distance) == 0) {
                    const float a = x[i], b = x[i + distance];
                    x[i] = a + b;
                    x[i + distance] = a - b;
                }
            }
        }
        for (size_t i = run; i < run + IR_ROTATION; i++) {
            x[i] *= 0.125f;
        }
    }
}

static void quantize_row(const float *x, size_t count, size_t group, int8_t *codes, float *scales, int32_t *sums) {
    for (size_t g = 0; g < count / group; g++) {
        const float *values = x + g * group;
        float largest = 0;
        for (size_t i = 0; i < group; i++) {
            largest = fmaxf(largest, fabsf(values[i]));
        }
        float reciprocal;
        scales[g] = ir_int8_scale(largest, &reciprocal);
        int32_t sum = 0;
        for (size_t i = 0; i < group; i++) {
            const int32_t code = (int32_t)rintf(values[i] * reciprocal);
            codes[g * group + i] = (int8_t)code;
            sum += code;
        }
        sums[g] = sum;
    }
}

static void pack_panel_int8(const float *rows, size_t row_stride, size_t row_count, size_t depth, size_t group,
                            uint8_t *panel, float *scales) {
    for (size_t r = 0; r < IR_PANEL_WIDTH; r++) {
        for (size_t g = 0; g < depth / group; g++) {
            float largest = 0;
            for (size_t k = g * group; r < row_count && k < (g + 1) * group; k++) {
                largest = fmaxf(largest, fabsf(rows[r * row_stride + k]));
            }
            float reciprocal;
            scales[g * IR_PANEL_WIDTH + r] = ir_int8_scale(largest, &reciprocal);
            for (size_t k = g * group; k < (g + 1) * group; k++) {
                const float value = r < row_count ? rows[r * row_stride + k] * reciprocal : 0;
                const size_t at = k / IR_INT8_STEP * IR_INT8_STEP * IR_PANEL_WIDTH + r * IR_INT8_STEP + k % IR_INT8_STEP;
                panel[at] = (uint8_t)((int32_t)rintf(value) + 128);
            }
        }
    }
}

static void gemm_tile_int8(size_t rows, size_t groups, size_t group, const int8_t *x, size_t x_stride,
                           const float *x_scales, const int32_t *x_sums, const uint8_t *panel,
                           const float *panel_scales, float *c, size_t c_stride, bool accumulate) {
    (void)x_sums;
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < IR_PANEL_WIDTH; j++) {
            float sum = accumulate ? c[i * c_stride + j] : 0;
            for (size_t g = 0; g < groups; g++) {
                int32_t integer = 0;
                for (size_t k = g * group; k < (g + 1) * group; k++) {
                    const size_t at =
                        k / IR_INT8_STEP * IR_INT8_STEP * IR_PANEL_WIDTH + j * IR_INT8_STEP + k % IR_INT8_STEP;
                    integer += (int32_t)x[i * x_stride + k] * ((int32_t)panel[at] - 128);
                }
                sum += (float)integer * x_scales[i * groups + g] * panel_scales[g * IR_PANEL_WIDTH + j];
            }
            c[i * c_stride + j] = sum;
        }
    }
}

void ir_gemm_int8_scalar(ir_kernels *table) {
    table->rotate = rotate;
    table->quantize_row = quantize_row;
    table->pack_panel_int8 = pack_panel_int8;
    table->gemm_int8_tile_rows = 4;
    table->gemm_tile_int8 = gemm_tile_int8;
}
