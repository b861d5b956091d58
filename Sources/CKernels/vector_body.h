// The operations that need no register tiles, on vectors of 16 floats in clang's vector extension. Each instruction set
// has one file that includes this one under its own target attributes; the compiler splits a vector into as many
// registers as it takes. Included more than once, so without a guard; defines static functions and vector_fill.
//
// The includer defines, behind vector_types.h:
//     load_part(lanes *vector, const float *from, size_t count, float filling): the first `count` < 16 lanes; the others
//         get `filling`.
//     transpose_panel: pack_panel of the table.
//     store_part(const lanes *vector, float *to, size_t count): the first `count` < 16 lanes.

#include "vector_basics.h"

INLINE float largest_of(const lanes *vector) {
    const lanes v = *vector;
    const __attribute__((ext_vector_type(8))) float halves = MAXIMUM(v.lo, v.hi);
    const __attribute__((ext_vector_type(4))) float quarters = MAXIMUM(halves.lo, halves.hi);
    const __attribute__((ext_vector_type(2))) float eighths = MAXIMUM(quarters.lo, quarters.hi);
    return MAXIMUM(eighths.x, eighths.y);
}

static float dot(const float *x, const float *y, size_t count) {
    lanes sums[4] = {0, 0, 0, 0};
    size_t i = 0;
    for (; i + 4 * LANES <= count; i += 4 * LANES) {
        for (size_t part = 0; part < 4; part++) {
            lanes a, b;
            load(&a, x + i + part * LANES);
            load(&b, y + i + part * LANES);
            sums[part] = FMA(a, b, sums[part]);
        }
    }
    for (; i < count; i += LANES) {
        lanes a, b;
        const size_t left = count - i;
        if (left >= LANES) {
            load(&a, x + i);
            load(&b, y + i);
        } else {
            load_part(&a, x + i, left, 0);
            load_part(&b, y + i, left, 0);
        }
        sums[0] = FMA(a, b, sums[0]);
    }
    const lanes sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    return total(&sum);
}

static void add(const float *x, float *y, size_t count) {
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        lanes a, b;
        load(&a, x + i);
        load(&b, y + i);
        b += a;
        store(&b, y + i);
    }
    for (; i < count; i++) {
        y[i] += x[i];
    }
}

static void scale(float *x, size_t count, float factor) {
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        lanes a;
        load(&a, x + i);
        a *= factor;
        store(&a, x + i);
    }
    for (; i < count; i++) {
        x[i] *= factor;
    }
}

static void rms_norm(const float *x, const float *weight, size_t count, float epsilon, float *out) {
    const float factor = 1.0f / __builtin_sqrtf(dot(x, x, count) / (float)count + epsilon);
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        lanes a, b;
        load(&a, x + i);
        load(&b, weight + i);
        a = a * factor * b;
        store(&a, out + i);
    }
    for (; i < count; i++) {
        out[i] = x[i] * factor * weight[i];
    }
}

// *value = x / (1 + exp(-z)), where x is *value.
INLINE void times_sigmoid(lanes *value, const lanes *z) {
    lanes e = -*z;
    exponential(&e);
    *value = *value / (1.0f + e);
}

INLINE void activate(lanes *value, bool gelu) {
    const lanes x = *value;
    // tanh(u) = 2 / (1 + exp(-2 u)) - 1 turns gelu's x / 2 * (1 + tanh(u)) into x / (1 + exp(-2 u)).
    const lanes z = gelu ? x * FMA(x * x, 2 * 0.7978845608f * 0.044715f, 2 * 0.7978845608f) : x;
    times_sigmoid(value, &z);
}

INLINE void gated(const float *gate, const float *up, float *out, size_t count,
                                                        bool gelu) {
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        lanes a, b;
        load(&a, gate + i);
        load(&b, up + i);
        activate(&a, gelu);
        a *= b;
        store(&a, out + i);
    }
    if (i < count) {
        lanes a, b;
        load_part(&a, gate + i, count - i, 0);
        load_part(&b, up + i, count - i, 0);
        activate(&a, gelu);
        a *= b;
        store_part(&a, out + i, count - i);
    }
}

static void silu_multiply(const float *gate, const float *up, float *out, size_t count) {
    gated(gate, up, out, count, false);
}

static void gelu_multiply(const float *gate, const float *up, float *out, size_t count) {
    gated(gate, up, out, count, true);
}

static void rope_adjacent(float *x, size_t heads, size_t head_stride, const float *cosines, const float *sines,
                          size_t pairs) {
    for (size_t h = 0; h < heads; h++) {
        float *vector = x + h * head_stride;
        size_t i = 0;
        for (; i + LANES / 2 <= pairs; i += LANES / 2) {
            __attribute__((ext_vector_type(8))) float c, s;
            memcpy(&c, cosines + i, sizeof c);
            memcpy(&s, sines + i, sizeof s);
            lanes v;
            load(&v, vector + 2 * i);
            const __attribute__((ext_vector_type(8))) float even = v.even, odd = v.odd;
            v.even = even * c - odd * s;
            v.odd = odd * c + even * s;
            store(&v, vector + 2 * i);
        }
        for (; i < pairs; i++) {
            const float a = vector[2 * i], b = vector[2 * i + 1];
            vector[2 * i] = a * cosines[i] - b * sines[i];
            vector[2 * i + 1] = b * cosines[i] + a * sines[i];
        }
    }
}

static void rope_halves(float *x, size_t heads, size_t head_stride, const float *cosines, const float *sines,
                        size_t pairs) {
    for (size_t h = 0; h < heads; h++) {
        float *vector = x + h * head_stride;
        size_t i = 0;
        for (; i + LANES <= pairs; i += LANES) {
            lanes c, s, a, b;
            load(&c, cosines + i);
            load(&s, sines + i);
            load(&a, vector + i);
            load(&b, vector + i + pairs);
            const lanes first = a * c - b * s, second = b * c + a * s;
            store(&first, vector + i);
            store(&second, vector + i + pairs);
        }
        for (; i < pairs; i++) {
            const float a = vector[i], b = vector[i + pairs];
            vector[i] = a * cosines[i] - b * sines[i];
            vector[i + pairs] = b * cosines[i] + a * sines[i];
        }
    }
}

static float largest_score(const float *scores, size_t count, float largest_so_far) {
    lanes largest[2] = {largest_so_far, largest_so_far};
    size_t i = 0;
    for (; i + 2 * LANES <= count; i += 2 * LANES) {
        lanes a, b;
        load(&a, scores + i);
        load(&b, scores + i + LANES);
        largest[0] = MAXIMUM(a, largest[0]);
        largest[1] = MAXIMUM(b, largest[1]);
    }
    for (; i < count; i += LANES) {
        lanes a;
        if (i + LANES <= count) {
            load(&a, scores + i);
        } else {
            load_part(&a, scores + i, count - i, largest_so_far);
        }
        largest[0] = MAXIMUM(a, largest[0]);
    }
    const lanes all = MAXIMUM(largest[0], largest[1]);
    return largest_of(&all);
}

// Replaces scores by exp(score - maximum) and returns their sum.
static float raise_scores(float *scores, size_t count, float maximum) {
    lanes sums[2] = {0, 0};
    size_t i = 0;
    for (; i + 2 * LANES <= count; i += 2 * LANES) {
#pragma clang loop unroll(full)
        for (size_t part = 0; part < 2; part++) {
            lanes a;
            load(&a, scores + i + part * LANES);
            a -= maximum;
            exponential(&a);
            sums[part] += a;
            store(&a, scores + i + part * LANES);
        }
    }
    for (; i < count; i += LANES) {
        const size_t left = count - i;
        lanes a;
        if (left >= LANES) {
            load(&a, scores + i);
            a -= maximum;
            exponential(&a);
            store(&a, scores + i);
        } else {
            load_part(&a, scores + i, left, maximum);
            a -= maximum;
            exponential(&a);
            store_part(&a, scores + i, left);
            load_part(&a, scores + i, left, 0);
        }
        sums[0] += a;
    }
    const lanes sum = sums[0] + sums[1];
    return total(&sum);
}

// The maxima of all rows come first: then the rows' powers do not wait for each other.
static void softmax_rows(size_t rows, float *scores, size_t stride, const size_t *first, const size_t *last,
                         size_t padded, float *maxima, float *totals, float *corrections) {
    float largest[IR_SOFTMAX_ROWS] = {0}, change[IR_SOFTMAX_ROWS] = {0};
    for (size_t r = 0; r < rows; r++) {
        largest[r] = largest_score(scores + r * stride + first[r], last[r] - first[r], maxima[r]);
        // Nothing seen so far and nothing new: -inf - -inf would be NaN.
        change[r] = largest[r] == maxima[r] ? 0 : maxima[r] - largest[r];
    }
    lanes powers;
    load(&powers, change);
    exponential(&powers);
    store(&powers, change);
    for (size_t r = 0; r < rows; r++) {
        float *row = scores + r * stride;
        memset(row, 0, first[r] * sizeof(float));
        memset(row + last[r], 0, (padded - last[r]) * sizeof(float));
        const float sum = raise_scores(row + first[r], last[r] - first[r], largest[r]);
        corrections[r] = change[r];
        maxima[r] = largest[r];
        totals[r] = totals[r] * change[r] + sum;
    }
}

static void softmax(float *x, size_t count) {
    const size_t first = 0;
    float maximum = -__builtin_inff(), sum = 0, correction;
    softmax_rows(1, x, count, &first, &count, count, &maximum, &sum, &correction);
    scale(x, count, 1 / sum);
}

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

static void vector_fill(ir_kernels *table) {
    table->dot = dot;
    table->add = add;
    table->scale = scale;
    table->rms_norm = rms_norm;
    table->silu_multiply = silu_multiply;
    table->gelu_multiply = gelu_multiply;
    table->rope_adjacent = rope_adjacent;
    table->rope_halves = rope_halves;
    table->softmax_rows = softmax_rows;
    table->softmax = softmax;
    table->rotate = rotate;
    table->quantize_row = quantize_row;
    table->pack_panel = transpose_panel;
    table->pack_panel_int8 = pack_panel_int8;
}
