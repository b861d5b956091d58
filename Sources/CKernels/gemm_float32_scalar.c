// The definitions of the float32 matrix operations.

#include <string.h>

#include "kernels_internal.h"

static void pack_panel(const float *rows, size_t row_stride, size_t row_count, size_t depth, float *panel) {
    for (size_t k = 0; k < depth; k++) {
        for (size_t r = 0; r < IR_PANEL_WIDTH; r++) {
            panel[k * IR_PANEL_WIDTH + r] = r < row_count ? rows[r * row_stride + k] : 0;
        }
    }
}

static void gemm_tile(size_t rows, size_t depth, const float *a, size_t a_stride, const float *panel,
                      size_t panel_stride, float *c, size_t c_stride, bool accumulate) {
    for (size_t i = 0; i < rows; i++) {
        float sums[IR_PANEL_WIDTH] = {0};
        for (size_t k = 0; k < depth; k++) {
            const float x = a[i * a_stride + k];
            for (size_t j = 0; j < IR_PANEL_WIDTH; j++) {
                sums[j] += x * panel[k * panel_stride + j];
            }
        }
        for (size_t j = 0; j < IR_PANEL_WIDTH; j++) {
            float *target = c + i * c_stride + j;
            *target = accumulate ? *target + sums[j] : sums[j];
        }
    }
}

static void gemm_tile_paired(size_t rows, size_t pairs, const float *a, size_t a_stride, const uint16_t *panel,
                             size_t panel_stride, float *c, size_t c_stride, bool accumulate) {
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < IR_PANEL_WIDTH; j++) {
            float sum = 0;
            for (size_t k = 0; k < 2 * pairs; k++) {
                const uint32_t bits = (uint32_t)panel[k / 2 * panel_stride + 2 * j + k % 2] << 16;
                float weight;
                memcpy(&weight, &bits, sizeof weight);
                sum += a[i * a_stride + k] * weight;
            }
            c[i * c_stride + j] = accumulate ? c[i * c_stride + j] + sum : sum;
        }
    }
}

void ir_gemm_float32_scalar(ir_kernels *table) {
    table->pack_panel = pack_panel;
    table->gemm_tile_rows = 4;
    table->gemm_tile = gemm_tile;
    table->gemm_tile_paired = gemm_tile_paired;
}
