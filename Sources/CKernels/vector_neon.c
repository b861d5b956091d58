// The elementwise operations for ARM NEON, which every 64-bit ARM CPU has.

#if defined(__aarch64__)

#include <arm_neon.h>

#include "vector_types.h"

INLINE void load_part(lanes *vector, const float *from, size_t count, float filling) {
    float values[LANES];
    for (size_t i = 0; i < LANES; i++) {
        values[i] = i < count ? from[i] : filling;
    }
    memcpy(vector, values, sizeof values);
}

INLINE void store_part(const lanes *vector, float *to, size_t count) { memcpy(to, vector, count * sizeof(float)); }

// Transposes 4 rows of 4 floats.
INLINE void transpose(const float *rows, size_t row_stride, float *out, size_t out_stride) {
    const float32x4_t r0 = vld1q_f32(rows), r1 = vld1q_f32(rows + row_stride);
    const float32x4_t r2 = vld1q_f32(rows + 2 * row_stride), r3 = vld1q_f32(rows + 3 * row_stride);
    const float64x2_t t0 = vreinterpretq_f64_f32(vtrn1q_f32(r0, r1)), t1 = vreinterpretq_f64_f32(vtrn2q_f32(r0, r1));
    const float64x2_t t2 = vreinterpretq_f64_f32(vtrn1q_f32(r2, r3)), t3 = vreinterpretq_f64_f32(vtrn2q_f32(r2, r3));
    vst1q_f32(out, vreinterpretq_f32_f64(vtrn1q_f64(t0, t2)));
    vst1q_f32(out + out_stride, vreinterpretq_f32_f64(vtrn1q_f64(t1, t3)));
    vst1q_f32(out + 2 * out_stride, vreinterpretq_f32_f64(vtrn2q_f64(t0, t2)));
    vst1q_f32(out + 3 * out_stride, vreinterpretq_f32_f64(vtrn2q_f64(t1, t3)));
}

enum { BLOCK = 4 };

#include "transpose_body.h"

#include "vector_body.h"

#include "bf16_body.h"

void ir_vector_neon(ir_kernels *table) {
    vector_fill(table);
    bf16_fill(table);
}

#endif
