// The scan of stored keys for ARM's dot-product instructions.

#if defined(__aarch64__)

#include <arm_neon.h>

#include "vector_types.h"

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)

INLINE int32x4_t add_products(int32x4_t sums, int8x16_t keys, int8x16_t four) { return vdotq_s32(sums, keys, four); }

#include "key_scan_neon_tile.h"

#include "key_scan_body.h"

#pragma clang attribute pop

void ir_key_scan_dotprod(ir_kernels *table) { table->scan_keys = scan_keys; }

#endif
