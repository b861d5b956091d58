// The definitions of the elementwise operations: plain loops and the C library's functions.

#include <math.h>

#include "kernels_internal.h"

static float dot(const float *x, const float *y, size_t count) {
    float sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += x[i] * y[i];
    }
    return sum;
}

static void add(const float *x, float *y, size_t count) {
    for (size_t i = 0; i < count; i++) {
        y[i] += x[i];
    }
}

static void scale(float *x, size_t count, float factor) {
    for (size_t i = 0; i < count; i++) {
        x[i] *= factor;
    }
}

static void rms_norm(const float *x, const float *weight, size_t count, float epsilon, float *out) {
    double squares = 0;
    for (size_t i = 0; i < count; i++) {
        squares += (double)x[i] * x[i];
    }
    const float factor = (float)(1 / sqrt(squares / (double)count + epsilon));
    for (size_t i = 0; i < count; i++) {
        out[i] = x[i] * factor * weight[i];
    }
}

static void silu_multiply(const float *gate, const float *up, float *out, size_t count) {
    for (size_t i = 0; i < count; i++) {
        out[i] = gate[i] / (1 + expf(-gate[i])) * up[i];
    }
}

static void gelu_multiply(const float *gate, const float *up, float *out, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const float x = gate[i];
        out[i] = 0.5f * x * (1 + tanhf(0.7978845608f * (x + 0.044715f * x * x * x))) * up[i];
    }
}

static void rope_adjacent(float *x, size_t heads, size_t head_stride, const float *cosines, const float *sines,
                          size_t pairs) {
    for (size_t h = 0; h < heads; h++) {
        float *vector = x + h * head_stride;
        for (size_t i = 0; i < pairs; i++) {
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
        for (size_t i = 0; i < pairs; i++) {
            const float a = vector[i], b = vector[i + pairs];
            vector[i] = a * cosines[i] - b * sines[i];
            vector[i + pairs] = b * cosines[i] + a * sines[i];
        }
    }
}

static void softmax_rows(size_t rows, float *scores, size_t stride, const size_t *first, const size_t *last,
                         size_t padded, float *maxima, float *totals, float *corrections) {
    for (size_t r = 0; r < rows; r++) {
        float *row = scores + r * stride;
        float largest = maxima[r];
        for (size_t i = first[r]; i < last[r]; i++) {
            largest = row[i] > largest ? row[i] : largest;
        }
        // Nothing seen so far and nothing new: exp(-inf - -inf) would be NaN.
        corrections[r] = largest == maxima[r] ? 1.0f : expf(maxima[r] - largest);
        float sum = 0;
        for (size_t i = 0; i < padded; i++) {
            const bool counts = i >= first[r] && i < last[r];
            row[i] = counts ? expf(row[i] - largest) : 0;
            sum += row[i];
        }
        maxima[r] = largest;
        totals[r] = totals[r] * corrections[r] + sum;
    }
}

static void softmax(float *x, size_t count) {
    const size_t first = 0;
    float maximum = -INFINITY, sum = 0, correction;
    softmax_rows(1, x, count, &first, &count, count, &maximum, &sum, &correction);
    scale(x, count, 1 / sum);
}

void ir_elementwise_scalar(ir_kernels *table) {
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
}
