// The definitions of the operations on bf16.

#include <math.h>
#include <string.h>

#include "kernels_internal.h"

static float widened(uint16_t half) {
    const uint32_t bits = (uint32_t)half << 16;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

// To nearest, ties to even. Not for NaN.
static uint16_t rounded(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

static void round_bf16(const float *x, size_t count, float factor, uint16_t *out) {
    for (size_t i = 0; i < count; i++) {
        out[i] = rounded(x[i] * factor);
    }
}

static void pair_rows_bf16(const float *rows, size_t row_stride, size_t row_count, size_t columns, size_t width,
                           uint16_t *panel) {
    for (size_t p = 0; p < (row_count + 1) / 2 * 2; p++) {
        for (size_t j = 0; j < width; j++) {
            const bool present = p < row_count && j < columns;
            panel[p / 2 * 2 * width + 2 * j + p % 2] = present ? rounded(rows[p * row_stride + j]) : 0;
        }
    }
}

static void gemm_tile_bf16(size_t rows, size_t pairs, const uint16_t *a, size_t a_stride, const uint16_t *panel,
                           size_t panel_stride, float *c, size_t c_stride, bool accumulate) {
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < IR_PANEL_WIDTH; j++) {
            float sum = accumulate ? c[i * c_stride + j] : 0;
            for (size_t k = 0; k < 2 * pairs; k++) {
                sum += widened(a[i * a_stride + k]) * widened(panel[k / 2 * panel_stride + 2 * j + k % 2]);
            }
            c[i * c_stride + j] = sum;
        }
    }
}

static void softmax_rows_bf16(size_t rows, const float *scores, size_t stride, const size_t *first, const size_t *last,
                              size_t padded, float *maxima, float *totals, float *corrections, uint16_t *out,
                              size_t out_stride) {
    for (size_t r = 0; r < rows; r++) {
        const float *row = scores + r * stride;
        float largest = maxima[r];
        for (size_t i = first[r]; i < last[r]; i++) {
            largest = row[i] > largest ? row[i] : largest;
        }
        corrections[r] = largest == maxima[r] ? 1.0f : expf(maxima[r] - largest);
        maxima[r] = largest;
        totals[r] *= corrections[r];
        for (size_t i = 0; i < padded; i++) {
            const float power = i >= first[r] && i < last[r] ? expf(row[i] - largest) : 0;
            out[r * out_stride + i] = rounded(power);
            totals[r] += power;
        }
    }
}

void ir_bf16_scalar(ir_kernels *table) {
    table->multiplies_bf16 = false;
    table->gemm_bf16_tile_rows = 4;
    table->gemm_tile_bf16 = gemm_tile_bf16;
    table->round_bf16 = round_bf16;
    table->pair_rows_bf16 = pair_rows_bf16;
    table->softmax_rows_bf16 = softmax_rows_bf16;
}
