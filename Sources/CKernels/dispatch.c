// Which kernels this CPU can run, and which are used.

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "kernels_internal.h"

static ir_kernels tables[IR_LEVEL_COUNT];
static bool present[IR_LEVEL_COUNT];
static const ir_kernels *current;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// A new table: the scalar one, of which faster versions replace what they can.
static ir_kernels *add_table(ir_level level, const char *name) {
    ir_kernels *table = &tables[level];
    table->level = level;
    table->name = name;
    ir_dequantize_scalar(table);
    ir_elementwise_scalar(table);
    ir_gemm_float32_scalar(table);
    ir_gemm_int8_scalar(table);
    ir_gemm_blocks_scalar(table);
    ir_key_scan_scalar(table);
    ir_crc32c_scalar(table);
    ir_bf16_scalar(table);
    present[level] = true;
    current = table;
    return table;
}

#if defined(__x86_64__)
static ir_kernels *add_avx512_table(ir_level level, const char *name) {
    ir_kernels *table = add_table(level, name);
    ir_crc32c_sse42(table);
    ir_dequantize_avx512(table);
    ir_vector_avx512(table);
    ir_gemm_float32_avx512(table);
    ir_gemm_int8_avx512(table);
    ir_gemm_blocks_avx512(table);
    ir_key_scan_avx512(table);
    return table;
}

static void add_x86_tables(void) {
    const ir_features features = ir_detect_features();
    if (features.avx2) {
        ir_kernels *table = add_table(IR_LEVEL_AVX2, "avx2");
        ir_crc32c_sse42(table);
        ir_dequantize_avx2(table);
        ir_vector_avx2(table);
        ir_gemm_float32_avx2(table);
        ir_gemm_int8_avx2(table);
        ir_gemm_blocks_avx2(table);
        ir_key_scan_avx2(table);
    }
    if (features.avx512) {
        add_avx512_table(IR_LEVEL_AVX512, "avx512");
    }
    if (features.avx512_vnni) {
        ir_kernels *table = add_avx512_table(IR_LEVEL_AVX512_VNNI, "avx512vnni");
        ir_gemm_int8_avx512vnni(table);
        ir_gemm_blocks_avx512vnni(table);
        ir_key_scan_avx512vnni(table);
    }
    if (features.avx512_vnni && features.avx512_bf16) {
        ir_kernels *table = add_avx512_table(IR_LEVEL_AVX512_BF16, "avx512bf16");
        ir_gemm_int8_avx512vnni(table);
        ir_gemm_blocks_avx512vnni(table);
        ir_key_scan_avx512vnni(table);
        ir_gemm_bf16_avx512(table);
        ir_softmax_bf16_avx512(table);
        if (!features.fast_bf16) {
            current = &tables[IR_LEVEL_AVX512_VNNI];
        }
    }
}
#endif

#if defined(__aarch64__)
static ir_kernels *add_neon_table(ir_level level, const char *name) {
    ir_kernels *table = add_table(level, name);
    ir_vector_neon(table);
    ir_gemm_float32_neon(table);
    ir_key_scan_neon(table);
    return table;
}

static void add_arm_tables(void) {
    const ir_features features = ir_detect_features();
    add_neon_table(IR_LEVEL_NEON, "neon");
    if (features.dotprod) {
        ir_kernels *table = add_neon_table(IR_LEVEL_NEON_DOT, "neondot");
        ir_gemm_int8_dotprod(table);
        ir_gemm_blocks_dotprod(table);
        ir_key_scan_dotprod(table);
    }
    if (features.dotprod && features.i8mm) {
        ir_kernels *table = add_neon_table(IR_LEVEL_NEON_I8MM, "neoni8mm");
        ir_gemm_int8_i8mm(table);
        ir_gemm_blocks_dotprod(table);
        ir_key_scan_dotprod(table);
    }
}
#endif

static void prepare(void) {
    add_table(IR_LEVEL_SCALAR, "scalar");
#if defined(__x86_64__)
    add_x86_tables();
#elif defined(__aarch64__)
    add_arm_tables();
#endif
    const char *wanted = getenv("INFINIRETRI_CPU");
    for (int level = 0; wanted != NULL && level < IR_LEVEL_COUNT; level++) {
        if (present[level] && strcmp(tables[level].name, wanted) == 0) {
            current = &tables[level];
        }
    }
}

const ir_kernels *ir_kernels_at(ir_level level) {
    pthread_once(&once, prepare);
    return (unsigned)level < IR_LEVEL_COUNT && present[level] ? &tables[level] : NULL;
}

const ir_kernels *ir_kernels_current(void) {
    pthread_once(&once, prepare);
    return current;
}
