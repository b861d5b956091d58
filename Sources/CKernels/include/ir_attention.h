// Causal attention of new tokens over a cache of keys and values, without a matrix of scores in memory.
#ifndef IR_ATTENTION_H
#define IR_ATTENTION_H

#include <stdbool.h>

#include "ir_kernels.h"
#include "ir_thread_pool.h"

#ifdef __cplusplus
extern "C" {
#endif

// One layer's attention. The token i of `tokens` stands at position start + i; it sees the positions up to its own, and
// of these only the last `window` if window > 0. Positions 0 ..< start + tokens are in the cache.
typedef struct ir_attention {
    size_t head_dimension;
    size_t group;  // query heads that share one key-value head
    size_t tokens;
    size_t start;
    size_t window;
    float scale;           // of the scores: usually 1 / sqrt(head_dimension)
    const float *queries;  // query head h of token i at queries + i * query_stride + h * head_dimension
    size_t query_stride;
    const float *keys;    // the key of KV head h at position p at keys + h * cache_head_stride + p * head_dimension
    const float *values;  // likewise
    size_t cache_head_stride;
    bool bf16;     // queries, keys, values and their weights are rounded to bf16; sums and the softmax are float32
    void *packed;  // ir_attention_packed_bytes, aligned to 64; unused by the probe
} ir_attention;

// Keys that are packed together.
enum { IR_ATTENTION_BLOCK = 4 * IR_PANEL_WIDTH };

// Memory for the packed keys and values of `kv_heads` heads.
size_t ir_attention_packed_bytes(const ir_attention *attention, size_t kv_heads);
// Blocks of keys of each head.
size_t ir_attention_block_count(const ir_attention *attention);
// Packs one block of one head. All blocks of a head must be packed before its attention is computed.
void ir_attention_pack(const ir_kernels *kernels, const ir_attention *attention, size_t kv_head, size_t block,
                       ir_worker *worker);
// Tokens that are computed together: a good unit to divide them by.
size_t ir_attention_tile_rows(const ir_kernels *kernels, const ir_attention *attention);

// Output of the query heads of one KV head for the tokens first_token ..< first_token + token_count: head h of token i
// goes to out + i * out_stride + h * head_dimension.
void ir_attention_forward(const ir_kernels *kernels, const ir_attention *attention, size_t kv_head, size_t first_token,
                          size_t token_count, float *out, size_t out_stride, ir_worker *worker);

// The softmax of one query head's scores: row r is that of token first_token + r, of which the columns first_column ..<
// first_column + columns (positions in the cache) go to out + r * columns. Positions that the token does not see are 0.
void ir_attention_probe(const ir_kernels *kernels, const ir_attention *attention, size_t head, size_t first_token,
                        size_t rows, size_t first_column, size_t columns, float *out, ir_worker *worker);

#ifdef __cplusplus
}
#endif

#endif
