// gemm_tile_blocks of the table in clang's vector extension. No guard: included once for each instruction set, which defines
//     TILE: rows of a tile; LANES: int32 of a register;
//     ROWS_OF_A_TILE: ROWS(1) ROWS(2) ... up to TILE;
//     STEPS: how many steps a `partial` sums up, 8 or a divisor: as many as it has room for;
//     partial: a vector of running sums, as `add_products` makes them from codes (at most 31) and activations;
//     add_products(sum, codes, four): the products of the codes' bytes and those of four, added up by fours or twos;
//     whole(sum): such sums as LANES int32;
//     KEEP_ORDER(sum): an assembler statement without instructions that reads and writes a sum;
//     halves(from): LANES binary16 numbers as float32.
//
// A register of codes, 4 * LANES bytes, has the codes of LANES rows in its low nibbles and those of LANES others in the high
// ones: the panel's 32 rows are 16 / LANES such pairs.

enum { PAIRS = 16 / LANES, STEP_COUNT = IR_BLOCK_INPUTS / IR_INT8_STEP, STEP_BYTES = 64 };

typedef uint8_t nibbles __attribute__((ext_vector_type(4 * LANES)));
typedef float floats __attribute__((ext_vector_type(LANES)));
typedef int32_t integers __attribute__((ext_vector_type(LANES)));

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// The bit `step` of each byte, where a fifth bit belongs. (A constant shift: the loop is unrolled.)
INLINE nibbles fifth_bit(nibbles bits, const int step) {
    return (step < 4 ? bits << (uint8_t)(4 - step) : bits >> (uint8_t)(step - 4)) & 16;
}

// Panels are read once and straight on, each for all of a tile's rows: several groups must be on their way at any time.
INLINE void fetch_ahead(const uint8_t *group, const ir_block_coding coding) {
    enum { AHEAD = 4096, LINE = 64 };
    UNROLL for (size_t at = 0; at < ir_block_group_bytes((ir_block_coding){coding.fifth_bits, false}); at += LINE) {
        __builtin_prefetch(group + AHEAD + at);
    }
    if (coding.minima) {
        __builtin_prefetch(group + AHEAD + ir_block_group_bytes(coding) - LINE);
    }
}

// The products of one group's codes with the rows' activations, exact.
INLINE void multiply_codes(const int rows, const bool fifth_bits, const uint8_t *bits, const uint8_t *steps,
                           const int8_t *x, size_t x_stride, integers *low, integers *high) {
    nibbles low_bits, high_bits;
    if (fifth_bits) {
        __builtin_memcpy(&low_bits, bits, sizeof low_bits);
        __builtin_memcpy(&high_bits, bits + STEP_BYTES, sizeof high_bits);
    }
    const row_pointers at = start_rows(x, x_stride, rows);
    partial low_part[TILE], high_part[TILE];
    UNROLL for (int s = 0; s < STEP_COUNT; s++) {
        nibbles both;
        __builtin_memcpy(&both, steps + s * STEP_BYTES, sizeof both);
        nibbles low_codes = both & 15, high_codes = both >> 4;
        if (fifth_bits) {
            low_codes |= fifth_bit(low_bits, s);
            high_codes |= fifth_bit(high_bits, s);
        }
        UNROLL for (int i = 0; i < rows; i++) {
            if (s % STEPS == 0) {
                low_part[i] = (partial){0};
                high_part[i] = (partial){0};
            }
            int32_t word;
            __builtin_memcpy(&word, row_at(&at, i, x_stride, (size_t)s * IR_INT8_STEP), sizeof word);
            low_part[i] = add_products(low_part[i], low_codes, (integers)word);
            high_part[i] = add_products(high_part[i], high_codes, (integers)word);
            if (s % STEPS == STEPS - 1) {
                low[i] = s < STEPS ? whole(low_part[i]) : low[i] + whole(low_part[i]);
                high[i] = s < STEPS ? whole(high_part[i]) : high[i] + whole(high_part[i]);
            }
        }
        // Left to itself the compiler goes row by row, with the codes of all steps in memory.
        UNROLL for (int i = 0; rows > 1 && i < rows; i++) {
            KEEP_ORDER(low_part[i]);
            KEEP_ORDER(high_part[i]);
        }
    }
}

// sum + minimum * x_sum + scale * x_scale * integer.
INLINE floats add_group(floats sum, integers integer, floats scale, floats minimum, float x_scale, float x_sum) {
    sum = __builtin_elementwise_fma(minimum, (floats)x_sum, sum);
    return __builtin_elementwise_fma(__builtin_convertvector(integer, floats) * x_scale, scale, sum);
}

// The columns of one pair: LANES from pair * LANES on, and as many 16 columns further.
INLINE void multiply(const int rows, const bool fifth_bits, size_t groups, bool minima, const int8_t *x, size_t x_stride,
                     const float *x_scales, const float *x_sums, const uint8_t *panel, size_t pair, float *c,
                     size_t c_stride, bool accumulate) {
    const ir_block_coding coding = {fifth_bits, minima};
    const uint8_t *scales = panel + pair * LANES * sizeof(uint16_t);
    const uint8_t *codes = panel + pair * 4 * LANES;
    const float zero = fifth_bits ? -16 : -8;
    float *target = c + pair * LANES;
    floats low_sum[TILE], high_sum[TILE];
    UNROLL for (int i = 0; i < rows; i++) {
        low_sum[i] = 0;
        high_sum[i] = 0;
        if (accumulate) {
            __builtin_memcpy(&low_sum[i], target + (size_t)i * c_stride, sizeof(floats));
            __builtin_memcpy(&high_sum[i], target + (size_t)i * c_stride + 16, sizeof(floats));
        }
    }
    for (size_t g = 0; g < groups; g++) {
        if (pair == 0) {
            fetch_ahead(scales, coding);
        }
        integers low[TILE], high[TILE];
        multiply_codes(rows, fifth_bits, codes + ir_block_fifth_bits_at(coding), codes + ir_block_steps_at(coding),
                       x + g * IR_BLOCK_INPUTS, x_stride, low, high);
        const floats low_scale = halves(scales), high_scale = halves(scales + 32);
        const uint8_t *shifts = scales + ir_block_minima_at();
        const floats low_minimum = minima ? halves(shifts) : low_scale * zero;
        const floats high_minimum = minima ? halves(shifts + 32) : high_scale * zero;
        UNROLL for (int i = 0; i < rows; i++) {
            const float x_scale = x_scales[(size_t)i * groups + g], x_sum = x_sums[(size_t)i * groups + g];
            low_sum[i] = add_group(low_sum[i], low[i], low_scale, low_minimum, x_scale, x_sum);
            high_sum[i] = add_group(high_sum[i], high[i], high_scale, high_minimum, x_scale, x_sum);
        }
        scales += ir_block_group_bytes(coding);
        codes += ir_block_group_bytes(coding);
    }
    UNROLL for (int i = 0; i < rows; i++) {
        __builtin_memcpy(target + (size_t)i * c_stride, &low_sum[i], sizeof(floats));
        __builtin_memcpy(target + (size_t)i * c_stride + 16, &high_sum[i], sizeof(floats));
    }
}

#define ROWS(n) \
    case n: \
        if (coding.fifth_bits) { \
            multiply(n, true, groups, coding.minima, x, x_stride, x_scales, x_sums, panel, pair, c, c_stride, accumulate); \
        } else { \
            multiply(n, false, groups, coding.minima, x, x_stride, x_scales, x_sums, panel, pair, c, c_stride, accumulate); \
        } \
        break;

static void gemm_tile_blocks(size_t rows, size_t groups, ir_block_coding coding, const int8_t *x, size_t x_stride,
                             const float *x_scales, const float *x_sums, const uint8_t *panel, float *c,
                             size_t c_stride, bool accumulate) {
    for (size_t pair = 0; pair < PAIRS; pair++) {
        switch (rows) {
            ROWS_OF_A_TILE
            default: break;
        }
    }
}

static void gemm_blocks_fill(ir_kernels *table) {
    table->multiplies_blocks = true;
    table->gemm_blocks_tile_rows = TILE;
    table->gemm_tile_blocks = gemm_tile_blocks;
}
