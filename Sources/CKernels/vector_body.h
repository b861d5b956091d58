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

#include "vector_int8_body.h"

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
