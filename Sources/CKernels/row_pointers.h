// Addresses of up to 15 equally distant rows in few registers: one pointer for three rows, the others of the three being
// reached by the processor's scaled index. Left to itself the compiler adds strides one after the other in inner loops,
// which costs as many instructions as the arithmetic leaves room for.
#ifndef IR_ROW_POINTERS_H
#define IR_ROW_POINTERS_H

#include <stddef.h>

enum { ROWS_PER_POINTER = 3, ROW_POINTERS = 5 };

typedef struct {
    const char *at[ROW_POINTERS];
} row_pointers;

static inline __attribute__((always_inline)) row_pointers start_rows(const void *first, size_t stride_bytes,
                                                                     const int rows) {
    row_pointers pointers;
    const char *pointer = first;
#pragma clang loop unroll(full)
    for (int p = 0; p < ROW_POINTERS; p++) {
        pointers.at[p] = pointer;
        if (p * ROWS_PER_POINTER < rows) {
            pointer += ROWS_PER_POINTER * stride_bytes;
            // Hides how the pointers are related, so that each keeps its register.
            __asm__("" : "+r"(pointer));
        }
    }
    return pointers;
}

static inline __attribute__((always_inline)) const void *row_at(const row_pointers *pointers, const int row,
                                                                size_t stride_bytes, size_t offset) {
    return pointers->at[row / ROWS_PER_POINTER] + (size_t)(row % ROWS_PER_POINTER) * stride_bytes + offset;
}

static inline __attribute__((always_inline)) void advance_rows(row_pointers *pointers, size_t offset, const int rows) {
#pragma clang loop unroll(full)
    for (int p = 0; p * ROWS_PER_POINTER < rows; p++) {
        pointers->at[p] += offset;
    }
}

#endif
