// Causal attention of new tokens over stored keys and values, without a matrix of scores in memory.
#ifndef IR_ATTENTION_H
#define IR_ATTENTION_H

#include "ir_key_values.h"

#ifdef __cplusplus
extern "C" {
#endif

// One layer's attention for one sequence. The token i of `tokens` stands at position start + i; it sees the positions up to
// its own, and of these only the last `window` if window > 0. The blocks have the positions 0 ..< start + tokens, in order.
typedef struct ir_attention {
    ir_key_value_layout layout;
    const ir_key_value_block *blocks;
    size_t block_count;
    size_t group;  // query heads that share one key-value head
    size_t tokens;
    size_t start;
    size_t window;
    float scale;           // of the scores: usually 1 / sqrt(head_dimension)
    const float *queries;  // query head h of token i at queries + i * query_stride + h * head_dimension
    size_t query_stride;
} ir_attention;

// Tokens that are computed together: a good unit to divide them by.
size_t ir_attention_tile_rows(const ir_kernels *kernels, const ir_attention *attention);

// Output of the query heads of one KV head for the tokens first_token ..< first_token + token_count: head h of token i
// goes to out + i * out_stride + h * head_dimension. In bf16 queries and weights are rounded like the keys and values;
// sums and the softmax are float32.
void ir_attention_forward(const ir_kernels *kernels, const ir_attention *attention, size_t kv_head, size_t first_token,
                          size_t token_count, float *out, size_t out_stride, ir_worker *worker);

// The softmax of one query head's scores: row r is that of token first_token + r, of which the columns first_column ..<
// first_column + columns (positions) go to out + r * columns. Positions that the token does not see are 0.
void ir_attention_probe(const ir_kernels *kernels, const ir_attention *attention, size_t head, size_t first_token,
                        size_t rows, size_t first_column, size_t columns, float *out, ir_worker *worker);

#ifdef __cplusplus
}
#endif

#endif
