// The scan of stored keys for ARM NEON.

#if defined(__aarch64__)

#include <arm_neon.h>

#include "vector_types.h"

// Byte products are at most 128 * 127, so that two of them fit in int16; pairs of these are added up in int32.
INLINE int32x4_t add_products(int32x4_t sums, int8x16_t keys, int8x16_t four) {
    const int16x8_t low = vmull_s8(vget_low_s8(keys), vget_low_s8(four));
    const int16x8_t high = vmull_high_s8(keys, four);
    return vpadalq_s16(sums, vpaddq_s16(low, high));
}

#include "key_scan_neon_tile.h"

#include "key_scan_body.h"

void ir_key_scan_neon(ir_kernels *table) { table->scan_keys = scan_keys; }

#endif
