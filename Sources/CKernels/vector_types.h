// The vectors of vector_body.h.
#ifndef IR_VECTOR_TYPES_H
#define IR_VECTOR_TYPES_H

#include <stdint.h>
#include <string.h>

#include "kernels_internal.h"

typedef float lanes __attribute__((ext_vector_type(16)));
typedef int32_t integers __attribute__((ext_vector_type(16)));
typedef int8_t bytes __attribute__((ext_vector_type(16)));

enum { LANES = 16 };

#define INLINE static inline __attribute__((always_inline))

#endif
