// Rounding to bf16, in plain loops that the compiler turns into vector instructions. No guard: included once for each
// instruction set.

// Bits of float32 numbers, or two bf16 that lie side by side, the first in the lower half.
typedef uint32_t __attribute__((may_alias)) bits32;

// To nearest, ties to even. Not for NaN.
static inline uint32_t rounded_bits(uint32_t bits) { return bits + 0x7FFF + (bits >> 16 & 1); }

static void round_bf16(const float *x, size_t count, float factor, uint16_t *out) {
    for (size_t i = 0; i < count; i++) {
        const float value = x[i] * factor;
        uint32_t bits;
        memcpy(&bits, &value, sizeof bits);
        out[i] = (uint16_t)(rounded_bits(bits) >> 16);
    }
}

static void pair_rows_bf16(const float *rows, size_t row_stride, size_t row_count, size_t columns, size_t width,
                           uint16_t *panel) {
    for (size_t p = 0; p < row_count; p += 2) {
        const bits32 *even = (const bits32 *)(const void *)(rows + p * row_stride);
        const bits32 *odd = p + 1 < row_count ? even + row_stride : NULL;
        bits32 *target = (bits32 *)(void *)(panel + p * width);
        if (odd != NULL) {
            for (size_t j = 0; j < columns; j++) {
                target[j] = rounded_bits(even[j]) >> 16 | (rounded_bits(odd[j]) & 0xFFFF0000u);
            }
        } else {
            for (size_t j = 0; j < columns; j++) {
                target[j] = rounded_bits(even[j]) >> 16;
            }
        }
        for (size_t j = columns; j < width; j++) {
            target[j] = 0;
        }
    }
}

static void bf16_fill(ir_kernels *table) {
    table->round_bf16 = round_bf16;
    table->pair_rows_bf16 = pair_rows_bf16;
}
