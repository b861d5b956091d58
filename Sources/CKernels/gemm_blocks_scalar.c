// The definition of the products with weights in blocks. Every instruction set computes the same integers.

#include "CKernels.h"
#include "kernels_internal.h"

static float half_at(const uint8_t *bytes, size_t index) {
    uint16_t bits;
    memcpy(&bits, bytes + index * sizeof bits, sizeof bits);
    return ir_half_to_float(bits);
}

static int32_t code_at(const uint8_t *group, ir_block_coding coding, size_t row, size_t input) {
    const bool high = row >= IR_PANEL_WIDTH / 2;
    const size_t step = input / IR_INT8_STEP;
    const size_t byte = row % (IR_PANEL_WIDTH / 2) * IR_INT8_STEP + input % IR_INT8_STEP;
    const int32_t code = group[ir_block_steps_at(coding) + step * 64 + byte] >> (high ? 4 : 0) & 15;
    if (!coding.fifth_bits) {
        return code;
    }
    const uint8_t bits = group[ir_block_fifth_bits_at(coding) + (high ? 64 : 0) + byte];
    return code | (bits >> step & 1) << 4;
}

static void gemm_tile_blocks(size_t rows, size_t groups, ir_block_coding coding, const int8_t *x, size_t x_stride,
                             const float *x_scales, const float *x_sums, const uint8_t *panel, float *c,
                             size_t c_stride, bool accumulate) {
    for (size_t g = 0; g < groups; g++, panel += ir_block_group_bytes(coding)) {
        for (size_t j = 0; j < IR_PANEL_WIDTH; j++) {
            int32_t codes[IR_BLOCK_INPUTS];
            for (size_t k = 0; k < IR_BLOCK_INPUTS; k++) {
                codes[k] = code_at(panel, coding, j, k);
            }
            const float scale = half_at(panel, j);
            const float minimum = coding.minima ? half_at(panel + ir_block_minima_at(), j)
                                                : scale * (coding.fifth_bits ? -16.0f : -8.0f);
            for (size_t i = 0; i < rows; i++) {
                int32_t integer = 0;
                for (size_t k = 0; k < IR_BLOCK_INPUTS; k++) {
                    integer += codes[k] * x[i * x_stride + g * IR_BLOCK_INPUTS + k];
                }
                float *target = c + i * c_stride + j;
                const float before = accumulate || g > 0 ? *target : 0;
                *target = before + minimum * x_sums[i * groups + g] + scale * (x_scales[i * groups + g] * (float)integer);
            }
        }
    }
}

void ir_gemm_blocks_scalar(ir_kernels *table) {
    table->multiplies_blocks = false;
    table->gemm_blocks_tile_rows = 12;
    table->gemm_tile_blocks = gemm_tile_blocks;
}
