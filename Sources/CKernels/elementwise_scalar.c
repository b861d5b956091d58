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

static float softmax_step(float *scores, size_t valid, size_t padded, float *maximum, float *sum) {
    float largest = *maximum;
    for (size_t i = 0; i < valid; i++) {
        largest = scores[i] > largest ? scores[i] : largest;
    }
    // Nothing seen so far and nothing new: exp(-inf - -inf) would be NaN.
    const float correction = largest == *maximum ? 1.0f : expf(*maximum - largest);
    float added = 0;
    for (size_t i = 0; i < valid; i++) {
        scores[i] = expf(scores[i] - largest);
        added += scores[i];
    }
    for (size_t i = valid; i < padded; i++) {
        scores[i] = 0;
    }
    *maximum = largest;
    *sum = *sum * correction + added;
    return correction;
}

static void softmax(float *x, size_t count) {
    float maximum = -INFINITY, sum = 0;
    softmax_step(x, count, count, &maximum, &sum);
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
    table->softmax_step = softmax_step;
    table->softmax = softmax;
}
