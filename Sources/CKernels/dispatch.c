// Which kernels this CPU can run, and which are used.

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "kernels_internal.h"

static ir_kernels tables[IR_LEVEL_COUNT];
static ir_level best = IR_LEVEL_SCALAR;
static const ir_kernels *current;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void fill_scalar(ir_kernels *table, ir_level level, const char *name) {
    table->level = level;
    table->name = name;
    ir_elementwise_scalar(table);
    ir_gemm_float32_scalar(table);
    ir_gemm_int8_scalar(table);
}

static void prepare(void) {
    fill_scalar(&tables[IR_LEVEL_SCALAR], IR_LEVEL_SCALAR, "scalar");
    current = &tables[best];
    const char *wanted = getenv("INFINIRETRI_CPU");
    if (wanted != NULL) {
        for (int level = 0; level <= (int)best; level++) {
            if (strcmp(tables[level].name, wanted) == 0) {
                current = &tables[level];
            }
        }
    }
}

const ir_kernels *ir_kernels_at(ir_level level) {
    pthread_once(&once, prepare);
    return level <= best ? &tables[level] : NULL;
}

const ir_kernels *ir_kernels_current(void) {
    pthread_once(&once, prepare);
    return current;
}
