// What the files of this target share and nobody else needs.
#ifndef IR_KERNELS_INTERNAL_H
#define IR_KERNELS_INTERNAL_H

#include "ir_kernels.h"

// Scale of the int8 codes of a group whose largest magnitude is given, and the factor that makes codes of values. A group
// of (almost) zeros has the scale 0 and the codes 0: the reciprocal of a subnormal scale would be infinite.
static inline float ir_int8_scale(float largest, float *reciprocal) {
    if (!(largest > 1e-30f)) {
        *reciprocal = 0;
        return 0;
    }
    *reciprocal = 127.0f / largest;
    return largest / 127.0f;
}

// Each fills its operations into a table; a later call replaces what an earlier one filled in.
void ir_dequantize_scalar(ir_kernels *table);
void ir_elementwise_scalar(ir_kernels *table);
void ir_gemm_float32_scalar(ir_kernels *table);
void ir_gemm_int8_scalar(ir_kernels *table);
void ir_gemm_blocks_scalar(ir_kernels *table);
void ir_key_scan_scalar(ir_kernels *table);
void ir_crc32c_scalar(ir_kernels *table);
void ir_bf16_scalar(ir_kernels *table);
#if defined(__x86_64__)
void ir_crc32c_sse42(ir_kernels *table);
void ir_dequantize_avx2(ir_kernels *table);
void ir_dequantize_avx512(ir_kernels *table);
void ir_vector_avx2(ir_kernels *table);
void ir_vector_avx512(ir_kernels *table);
void ir_gemm_float32_avx2(ir_kernels *table);
void ir_gemm_float32_avx512(ir_kernels *table);
void ir_gemm_int8_avx2(ir_kernels *table);
void ir_gemm_int8_avx512(ir_kernels *table);
void ir_gemm_int8_avx512vnni(ir_kernels *table);
void ir_gemm_blocks_avx2(ir_kernels *table);
void ir_gemm_blocks_avx512(ir_kernels *table);
void ir_gemm_blocks_avx512vnni(ir_kernels *table);
void ir_gemm_bf16_avx512(ir_kernels *table);
void ir_key_scan_avx2(ir_kernels *table);
void ir_key_scan_avx512(ir_kernels *table);
void ir_key_scan_avx512vnni(ir_kernels *table);
void ir_softmax_bf16_avx512(ir_kernels *table);
#endif

#if defined(__aarch64__)
void ir_vector_neon(ir_kernels *table);
void ir_gemm_float32_neon(ir_kernels *table);
void ir_gemm_int8_dotprod(ir_kernels *table);
void ir_gemm_int8_i8mm(ir_kernels *table);
void ir_gemm_blocks_dotprod(ir_kernels *table);
void ir_key_scan_neon(ir_kernels *table);
void ir_key_scan_dotprod(ir_kernels *table);
#endif

// What the CPU has and the operating system supports.
typedef struct ir_features {
    bool avx2;         // AVX2, FMA and F16C
    bool avx512;       // F, BW, VL, DQ
    bool avx512_vnni;  // the same with VNNI
    bool avx512_bf16;  // the same with BF16
    bool fast_bf16;    // and products of bf16 are faster than those of float32: not on Intel's, which make one in two cycles
    bool dotprod;      // ARM's dot products of bytes
    bool i8mm;         // and its products of matrices of bytes
} ir_features;

ir_features ir_detect_features(void);

#endif
