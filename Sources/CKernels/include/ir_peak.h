// What this CPU and its memory could do at best. The caller takes the time.
#ifndef IR_PEAK_H
#define IR_PEAK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ir_peak_kind {
    IR_PEAK_FLOAT32 = 0,   // fused multiply-adds
    IR_PEAK_INT8 = 1,      // byte products added to int32: VNNI, or the instructions that the tables use without it
    IR_PEAK_BFLOAT16 = 2,  // bf16 products added to float32
} ir_peak_kind;

// Runs `iterations` rounds of independent operations of a kind, in the widest registers that this CPU has for it, on the
// calling thread. Returns the operations done (a multiply-add counts two); 0 if the CPU lacks the kind.
uint64_t ir_peak_burst(ir_peak_kind kind, uint64_t iterations);

// Reads `count` words once, from the first to the last, and returns their sum, so that the reading cannot be left out.
uint64_t ir_peak_read(const uint64_t *words, size_t count);

#ifdef __cplusplus
}
#endif

#endif
