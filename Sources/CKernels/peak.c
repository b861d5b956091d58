// Bursts of arithmetic from registers alone. See ir_peak.h.

#include "ir_peak.h"

#include "kernels_internal.h"

#if defined(__x86_64__)

#include <immintrin.h>

// Enough independent sums for two units with a latency of five cycles.
enum { SUMS = 12 };

// Keeps the compiler from computing the sums in fewer steps, or not at all.
#define KEEP(register_class, value) __asm__ volatile("" : "+" register_class(value))

#define BURST(vector, zero, value, step) \
    vector sums[SUMS]; \
    const vector a = value; \
    for (int i = 0; i < SUMS; i++) { \
        sums[i] = zero; \
    } \
    for (uint64_t n = 0; n < iterations; n++) { \
        _Pragma("clang loop unroll(full)") for (int i = 0; i < SUMS; i++) { \
            step; \
            KEEP("v", sums[i]); \
        } \
    }

__attribute__((target("avx512f"))) static uint64_t float32_avx512(uint64_t iterations) {
    BURST(__m512, _mm512_setzero_ps(), _mm512_set1_ps(0.5f), sums[i] = _mm512_fmadd_ps(a, a, sums[i]))
    return iterations * SUMS * 32;
}

__attribute__((target("avx512f,avx512vnni"))) static uint64_t int8_vnni(uint64_t iterations) {
    BURST(__m512i, _mm512_setzero_si512(), _mm512_set1_epi8(1), sums[i] = _mm512_dpbusd_epi32(sums[i], a, a))
    return iterations * SUMS * 128;
}

__attribute__((target("avx512f,avx512bf16"))) static uint64_t bfloat16(uint64_t iterations) {
    BURST(__m512, _mm512_setzero_ps(), _mm512_set1_ps(0.5f),
          sums[i] = _mm512_dpbf16_ps(sums[i], (__m512bh)a, (__m512bh)a))
    return iterations * SUMS * 64;
}

__attribute__((target("avx512f,avx512bw"))) static uint64_t int8_avx512(uint64_t iterations) {
    BURST(__m512i, _mm512_setzero_si512(), _mm512_set1_epi16(1),
          sums[i] = _mm512_add_epi32(sums[i], _mm512_madd_epi16(a, sums[i])))
    return iterations * SUMS * 64;
}

#undef KEEP
#define KEEP(register_class, value) __asm__ volatile("" : "+x"(value))

__attribute__((target("avx2,fma"))) static uint64_t float32_avx2(uint64_t iterations) {
    BURST(__m256, _mm256_setzero_ps(), _mm256_set1_ps(0.5f), sums[i] = _mm256_fmadd_ps(a, a, sums[i]))
    return iterations * SUMS * 16;
}

__attribute__((target("avx2"))) static uint64_t int8_avx2(uint64_t iterations) {
    const __m256i ones = _mm256_set1_epi16(1);
    BURST(__m256i, _mm256_setzero_si256(), _mm256_set1_epi8(1),
          sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(_mm256_maddubs_epi16(a, _mm256_sign_epi8(a, sums[i])), ones)))
    return iterations * SUMS * 64;
}

uint64_t ir_peak_burst(ir_peak_kind kind, uint64_t iterations) {
    const ir_features features = ir_detect_features();
    switch (kind) {
        case IR_PEAK_FLOAT32:
            return features.avx512 ? float32_avx512(iterations) : features.avx2 ? float32_avx2(iterations) : 0;
        case IR_PEAK_INT8:
            return features.avx512_vnni ? int8_vnni(iterations)
                   : features.avx512    ? int8_avx512(iterations)
                   : features.avx2      ? int8_avx2(iterations)
                                        : 0;
        case IR_PEAK_BFLOAT16:
            return features.avx512_bf16 ? bfloat16(iterations) : 0;
    }
    return 0;
}

#else

uint64_t ir_peak_burst(ir_peak_kind kind, uint64_t iterations) {
    (void)kind;
    (void)iterations;
    return 0;
}

#endif

uint64_t ir_peak_read(const uint64_t *words, size_t count) {
    // Independent sums, so that loads do not wait for additions.
    enum { WIDTH = 32 };
    uint64_t sums[WIDTH] = {0}, sum = 0;
    size_t i = 0;
    for (; i + WIDTH <= count; i += WIDTH) {
        for (size_t j = 0; j < WIDTH; j++) {
            sums[j] += words[i + j];
        }
    }
    for (; i < count; i++) {
        sum += words[i];
    }
    for (size_t j = 0; j < WIDTH; j++) {
        sum += sums[j];
    }
    return sum;
}
