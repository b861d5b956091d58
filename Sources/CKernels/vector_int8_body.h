// The coding of rows to int8, on the vectors of vector_body.h, which includes this file: rotation, quantisation, packing.

// Sums and differences of lanes 1, 2, 4 and 8 apart: lane i gets (i & distance ? -x[i] : x[i]) + x[i ^ distance].
#define BUTTERFLY(x, a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, distance) \
    __builtin_shufflevector(x, x, a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15) + (x) * signs_##distance

static void rotate(float *x, size_t count) {
    const lanes signs_1 = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
    const lanes signs_2 = {1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1};
    const lanes signs_4 = {1, 1, 1, 1, -1, -1, -1, -1, 1, 1, 1, 1, -1, -1, -1, -1};
    const lanes signs_8 = {1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1, -1};
    for (; count > 0; count -= IR_ROTATION, x += IR_ROTATION) {
        lanes v[4];
#pragma clang loop unroll(full)
        for (size_t part = 0; part < 4; part++) {
            load(&v[part], x + part * LANES);
            v[part] = BUTTERFLY(v[part], 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14, 1);
            v[part] = BUTTERFLY(v[part], 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13, 2);
            v[part] = BUTTERFLY(v[part], 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11, 4);
            v[part] = BUTTERFLY(v[part], 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        }
        const lanes sum0 = v[0] + v[1], sum1 = v[2] + v[3], difference0 = v[0] - v[1], difference1 = v[2] - v[3];
        v[0] = (sum0 + sum1) * 0.125f;
        v[1] = (difference0 + difference1) * 0.125f;
        v[2] = (sum0 - sum1) * 0.125f;
        v[3] = (difference0 - difference1) * 0.125f;
#pragma clang loop unroll(full)
        for (size_t part = 0; part < 4; part++) {
            store(&v[part], x + part * LANES);
        }
    }
}

static float largest_magnitude(const float *x, size_t count) {
    lanes largest[4] = {0, 0, 0, 0};  // four chains: a maximum takes four cycles
    size_t i = 0;
    for (; i + 4 * LANES <= count; i += 4 * LANES) {
#pragma clang loop unroll(full)
        for (size_t part = 0; part < 4; part++) {
            lanes a;
            load(&a, x + i + part * LANES);
            a = __builtin_elementwise_abs(a);
            largest[part] = MAXIMUM(a, largest[part]);
        }
    }
    for (; i + LANES <= count; i += LANES) {
        lanes a;
        load(&a, x + i);
        a = __builtin_elementwise_abs(a);
        largest[0] = MAXIMUM(a, largest[0]);
    }
    const lanes left = MAXIMUM(largest[0], largest[1]), right = MAXIMUM(largest[2], largest[3]);
    const lanes all = MAXIMUM(left, right);
    float result = largest_of(&all);
    for (; i < count; i++) {
        const float magnitude = __builtin_fabsf(x[i]);
        result = magnitude > result ? magnitude : result;
    }
    return result;
}

// codes[i] = round(x[i] * reciprocal), magnitudes at most 127. Returns the sum of the codes.
static int32_t make_codes(const float *x, size_t count, float reciprocal, int8_t *codes) {
    integers sums = 0;
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        lanes a;
        load(&a, x + i);
        a *= reciprocal;  // rounds here: fused with the addition, ties could fall otherwise than in the definition
        a += ROUNDING;
        integers rounded;
        memcpy(&rounded, &a, sizeof rounded);  // the integer is in the low bits
        const bytes narrow = __builtin_convertvector(rounded, bytes);
        memcpy(codes + i, &narrow, sizeof narrow);
        sums += rounded - ROUNDING_BITS;
    }
    const __attribute__((ext_vector_type(8))) int32_t halves = sums.lo + sums.hi;
    const __attribute__((ext_vector_type(4))) int32_t quarters = halves.lo + halves.hi;
    int32_t sum = quarters.x + quarters.y + quarters.z + quarters.w;
    for (; i < count; i++) {
        const float scaled = x[i] * reciprocal;
        const int32_t rounded = (int32_t)((scaled + ROUNDING) - ROUNDING);
        codes[i] = (int8_t)rounded;
        sum += rounded;
    }
    return sum;
}

static void quantize_row(const float *x, size_t count, size_t group, int8_t *codes, float *scales, int32_t *sums) {
    for (size_t g = 0; g < count / group; g++) {
        float reciprocal;
        scales[g] = ir_int8_scale(largest_magnitude(x + g * group, group), &reciprocal);
        sums[g] = make_codes(x + g * group, group, reciprocal, codes + g * group);
    }
}

// Codes the rows one after the other, then transposes them by 32-bit lanes of four codes like a panel of floats.
static void pack_panel_int8(const float *rows, size_t row_stride, size_t row_count, size_t depth, size_t group,
                            uint8_t *panel, float *scales) {
    // A group at a time keeps the codes in registers' reach: 32 rows of at most 1,024 codes.
    int8_t codes[IR_PANEL_WIDTH * IR_INT8_MAXIMUM_GROUP] __attribute__((aligned(64)));
    for (size_t g = 0; g < depth / group; g++) {
        for (size_t r = 0; r < IR_PANEL_WIDTH; r++) {
            float reciprocal = 0;
            scales[g * IR_PANEL_WIDTH + r] = 0;
            if (r < row_count) {
                const float *values = rows + r * row_stride + g * group;
                scales[g * IR_PANEL_WIDTH + r] = ir_int8_scale(largest_magnitude(values, group), &reciprocal);
                make_codes(values, group, reciprocal, codes + r * group);
            } else {
                memset(codes + r * group, 0, group);
            }
        }
        for (size_t i = 0; i < IR_PANEL_WIDTH * group; i++) {
            codes[i] ^= (int8_t)0x80;
        }
        transpose_panel((const float *)(const void *)codes, group / IR_INT8_STEP, IR_PANEL_WIDTH, group / IR_INT8_STEP,
                        (float *)(void *)(panel + g * group * IR_PANEL_WIDTH));
    }
}
