// Blocked causal attention with a running softmax (the blocks and the correction of earlier sums follow FlashAttention,
// arXiv 2205.14135), built on the matrix tiles of the kernel table.
//
// First the keys are transposed into panels, and the values brought into the form that the tiles read, once for all
// query rows. Then one task is one key-value head and a run of tokens: its query rows, head after head, meet one block of
// keys at a time; a tile of rows gets its scores, softmax step and weighted sum of values while these are in the
// first-level cache.

#include "ir_attention.h"

#include <math.h>
#include <string.h>

enum { KEY_BLOCK = IR_ATTENTION_BLOCK, TILE_ROWS = IR_SOFTMAX_ROWS };

static size_t at_most(size_t value, size_t limit) { return value < limit ? value : limit; }
static size_t at_least(size_t value, size_t limit) { return value > limit ? value : limit; }
static size_t whole(size_t value, size_t unit) { return (value + unit - 1) / unit * unit; }

// The positions that the token at `position` sees: first ..< position + 1.
static size_t first_visible(const ir_attention *attention, size_t position) {
    const size_t window = attention->window;
    return window > 0 && position + 1 > window ? position + 1 - window : 0;
}

// ---- packed keys and values ----

// Elements of one key: bf16 are multiplied in pairs.
static size_t key_depth(const ir_attention *attention) {
    return attention->bf16 ? whole(attention->head_dimension, 2) : attention->head_dimension;
}

// Elements of one value, padded to whole panels.
static size_t value_width(const ir_attention *attention) { return whole(attention->head_dimension, IR_PANEL_WIDTH); }

static size_t element_bytes(const ir_attention *attention) {
    return attention->bf16 ? sizeof(uint16_t) : sizeof(float);
}

static size_t block_bytes(const ir_attention *attention) {
    return KEY_BLOCK * (key_depth(attention) + value_width(attention)) * element_bytes(attention);
}

size_t ir_attention_block_count(const ir_attention *attention) {
    return whole(attention->start + attention->tokens, KEY_BLOCK) / KEY_BLOCK;
}

size_t ir_attention_packed_bytes(const ir_attention *attention, size_t kv_heads) {
    return kv_heads * ir_attention_block_count(attention) * block_bytes(attention);
}

typedef struct {
    void *keys;    // panels of 32 keys, one for each run of 32
    void *values;  // rows of the values' width; in bf16 two rows alternating
} packed_block;

static packed_block block_at(const ir_attention *attention, size_t kv_head, size_t block) {
    const size_t index = kv_head * ir_attention_block_count(attention) + block;
    uint8_t *start = (uint8_t *)attention->packed + index * block_bytes(attention);
    return (packed_block){start, start + KEY_BLOCK * key_depth(attention) * element_bytes(attention)};
}

static void pack_float32(const ir_kernels *kernels, const ir_attention *attention, packed_block block,
                         const float *keys, const float *values, size_t count) {
    const size_t dimension = attention->head_dimension, width = value_width(attention);
    float *panels = block.keys, *rows = block.values;
    for (size_t p = 0; p < count; p += IR_PANEL_WIDTH) {
        kernels->pack_panel(keys + p * dimension, dimension, at_most(count - p, IR_PANEL_WIDTH), dimension,
                            panels + p * dimension);
    }
    for (size_t p = 0; p < count; p++) {
        memcpy(rows + p * width, values + p * dimension, dimension * sizeof(float));
        memset(rows + p * width + dimension, 0, (width - dimension) * sizeof(float));
    }
}

static void pack_bf16(const ir_kernels *kernels, const ir_attention *attention, packed_block block, const float *keys,
                      const float *values, size_t count, ir_worker *worker) {
    const size_t dimension = attention->head_dimension, depth = key_depth(attention), pairs = depth / 2;
    uint16_t *panels = block.keys;
    uint16_t *rounded = ir_worker_scratch(worker, IR_PANEL_WIDTH * depth * sizeof(uint16_t));
    for (size_t p = 0; p < count; p += IR_PANEL_WIDTH) {
        const size_t rows = at_most(count - p, IR_PANEL_WIDTH);
        for (size_t r = 0; r < rows; r++) {
            rounded[r * depth + depth - 1] = 0;
            kernels->round_bf16(keys + (p + r) * dimension, dimension, 1, rounded + r * depth);
        }
        // A pair of bf16 moves like one float32.
        kernels->pack_panel((const float *)(const void *)rounded, pairs, rows, pairs,
                            (float *)(void *)(panels + p * depth));
    }
    kernels->pair_rows_bf16(values, dimension, count, dimension, value_width(attention), block.values);
}

void ir_attention_pack(const ir_kernels *kernels, const ir_attention *attention, size_t kv_head, size_t block,
                       ir_worker *worker) {
    const size_t position = block * KEY_BLOCK;
    // Nobody looks that far back.
    if (position + KEY_BLOCK <= first_visible(attention, attention->start)) {
        return;
    }
    const size_t count = at_most(attention->start + attention->tokens - position, KEY_BLOCK);
    const size_t offset = kv_head * attention->cache_head_stride + position * attention->head_dimension;
    const packed_block target = block_at(attention, kv_head, block);
    if (attention->bf16) {
        pack_bf16(kernels, attention, target, attention->keys + offset, attention->values + offset, count, worker);
    } else {
        pack_float32(kernels, attention, target, attention->keys + offset, attention->values + offset, count);
    }
}

// ---- attention ----

typedef struct {
    size_t rows;      // heads of the group x tokens, head after head
    size_t width;     // of values
    void *queries;    // rows x key depth, scaled
    float *sums;      // rows x width: weighted sums of values
    float *maxima;    // rows
    float *totals;    // rows
    float *scores;    // TILE_ROWS x KEY_BLOCK
    uint16_t *powers; // the same in bf16
} workspace;

static workspace make_workspace(const ir_attention *attention, size_t token_count, ir_worker *worker) {
    workspace space = {.rows = attention->group * token_count, .width = value_width(attention)};
    const size_t rows = whole(space.rows, 16);
    const size_t queries = rows * key_depth(attention), sums = rows * space.width;
    float *memory = ir_worker_scratch(
        worker, (queries + sums + 2 * rows + TILE_ROWS * KEY_BLOCK + TILE_ROWS * KEY_BLOCK / 2) * sizeof(float));
    space.sums = memory;
    space.maxima = space.sums + sums;
    space.totals = space.maxima + rows;
    space.scores = space.totals + rows;
    space.powers = (uint16_t *)(void *)(space.scores + TILE_ROWS * KEY_BLOCK);
    space.queries = space.scores + TILE_ROWS * KEY_BLOCK + TILE_ROWS * KEY_BLOCK / 2;
    return space;
}

static void load_query(const ir_kernels *kernels, const ir_attention *attention, const float *query, void *queries,
                       size_t row) {
    const size_t dimension = attention->head_dimension, depth = key_depth(attention);
    if (attention->bf16) {
        uint16_t *target = (uint16_t *)queries + row * depth;
        target[depth - 1] = 0;
        kernels->round_bf16(query, dimension, attention->scale, target);
    } else {
        float *target = (float *)queries + row * depth;
        memcpy(target, query, dimension * sizeof(float));
        kernels->scale(target, dimension, attention->scale);
    }
}

static void load_queries(const ir_kernels *kernels, const ir_attention *attention, const workspace *space,
                         size_t kv_head, size_t first_token, size_t token_count) {
    for (size_t h = 0; h < attention->group; h++) {
        const float *head = attention->queries + (kv_head * attention->group + h) * attention->head_dimension;
        for (size_t i = 0; i < token_count; i++) {
            load_query(kernels, attention, head + (first_token + i) * attention->query_stride, space->queries,
                       h * token_count + i);
        }
    }
    for (size_t r = 0; r < space->rows; r++) {
        space->maxima[r] = -INFINITY;
        space->totals[r] = 0;
    }
}

// scores = queries * transpose(keys), for the first `count` keys of a block, rounded up to whole panels.
static void multiply_keys(const ir_kernels *kernels, const ir_attention *attention, const workspace *space, size_t row,
                          size_t rows, packed_block block, size_t count) {
    const size_t depth = key_depth(attention);
    for (size_t p = 0; p < count; p += IR_PANEL_WIDTH) {
        if (attention->bf16) {
            kernels->gemm_tile_bf16(rows, depth / 2, (const uint16_t *)space->queries + row * depth, depth,
                                    (const uint16_t *)block.keys + p * depth, 2 * IR_PANEL_WIDTH, space->scores + p,
                                    KEY_BLOCK, false);
        } else {
            kernels->gemm_tile(rows, depth, (const float *)space->queries + row * depth, depth,
                               (const float *)block.keys + p * depth, IR_PANEL_WIDTH, space->scores + p, KEY_BLOCK,
                               false);
        }
    }
}

// sums = (accumulate ? sums : 0) + powers * values. The powers up to the next whole panel are 0.
static void multiply_values(const ir_kernels *kernels, const ir_attention *attention, const workspace *space,
                            size_t row, size_t rows, packed_block block, size_t count, bool accumulate) {
    float *sums = space->sums + row * space->width;
    for (size_t j = 0; j < space->width; j += IR_PANEL_WIDTH) {
        if (attention->bf16) {
            kernels->gemm_tile_bf16(rows, (count + 1) / 2, space->powers, KEY_BLOCK,
                                    (const uint16_t *)block.values + 2 * j, 2 * space->width, sums + j, space->width,
                                    accumulate);
        } else {
            kernels->gemm_tile(rows, count, space->scores, KEY_BLOCK, (const float *)block.values + j, space->width,
                               sums + j, space->width, accumulate);
        }
    }
}

// A tile of rows (tokens of one head, the first at `position`) against the first `count` keys of the block at `start`.
static void attend_tile(const ir_kernels *kernels, const ir_attention *attention, const workspace *space, size_t row,
                        size_t rows, size_t position, packed_block block, size_t start, size_t count) {
    multiply_keys(kernels, attention, space, row, rows, block, count);
    size_t first[IR_SOFTMAX_ROWS], last[IR_SOFTMAX_ROWS];
    float corrections[IR_SOFTMAX_ROWS];
    for (size_t r = 0; r < rows; r++) {
        last[r] = at_most(at_least(position + r + 1, start) - start, count);
        first[r] = at_most(at_least(first_visible(attention, position + r), start) - start, last[r]);
    }
    const size_t padded = whole(count, IR_PANEL_WIDTH);
    float *maxima = space->maxima + row, *totals = space->totals + row;
    if (attention->bf16) {
        kernels->softmax_rows_bf16(rows, space->scores, KEY_BLOCK, first, last, padded, maxima, totals, corrections,
                                   space->powers, KEY_BLOCK);
    } else {
        kernels->softmax_rows(rows, space->scores, KEY_BLOCK, first, last, padded, maxima, totals, corrections);
    }
    const bool is_first = first_visible(attention, position) >= start;
    for (size_t r = 0; !is_first && r < rows; r++) {
        if (corrections[r] != 1.0f) {
            kernels->scale(space->sums + (row + r) * space->width, space->width, corrections[r]);
        }
    }
    multiply_values(kernels, attention, space, row, rows, block, count, !is_first);
}

static void store_sums(const ir_kernels *kernels, const ir_attention *attention, const workspace *space, size_t kv_head,
                       size_t first_token, size_t token_count, float *out, size_t out_stride) {
    const size_t dimension = attention->head_dimension;
    for (size_t h = 0; h < attention->group; h++) {
        for (size_t i = 0; i < token_count; i++) {
            const size_t row = h * token_count + i;
            float *target = out + (first_token + i) * out_stride + (kv_head * attention->group + h) * dimension;
            memcpy(target, space->sums + row * space->width, dimension * sizeof(float));
            kernels->scale(target, dimension, 1.0f / space->totals[row]);
        }
    }
}

void ir_attention_forward(const ir_kernels *kernels, const ir_attention *attention, size_t kv_head, size_t first_token,
                          size_t token_count, float *out, size_t out_stride, ir_worker *worker) {
    const workspace space = make_workspace(attention, token_count, worker);
    load_queries(kernels, attention, &space, kv_head, first_token, token_count);
    const size_t position = attention->start + first_token, end = position + token_count;
    const size_t tile_rows = ir_attention_tile_rows(kernels, attention);
    const size_t begin = first_visible(attention, position) / KEY_BLOCK * KEY_BLOCK;
    for (size_t start = begin; start < end; start += KEY_BLOCK) {
        const packed_block block = block_at(attention, kv_head, start / KEY_BLOCK);
        for (size_t h = 0; h < attention->group; h++) {
            for (size_t i = 0; i < token_count; i += tile_rows) {
                const size_t rows = at_most(token_count - i, tile_rows);
                const size_t last_position = position + i + rows - 1;
                if (last_position < start || first_visible(attention, position + i) >= start + KEY_BLOCK) {
                    continue;
                }
                // Keys behind the tile's last token are masked for all its rows.
                const size_t seen = at_most(last_position + 1 - start, KEY_BLOCK);
                attend_tile(kernels, attention, &space, h * token_count + i, rows, position + i, block, start, seen);
            }
        }
    }
    store_sums(kernels, attention, &space, kv_head, first_token, token_count, out, out_stride);
}

size_t ir_attention_tile_rows(const ir_kernels *kernels, const ir_attention *attention) {
    return at_most(attention->bf16 ? kernels->gemm_bf16_tile_rows : kernels->gemm_tile_rows, TILE_ROWS);
}

void ir_attention_probe(const ir_kernels *kernels, const ir_attention *attention, size_t head, size_t first_token,
                        size_t rows, size_t first_column, size_t columns, float *out, ir_worker *worker) {
    const size_t dimension = attention->head_dimension;
    const size_t end = attention->start + first_token + rows;
    const size_t padded = whole(end, IR_PANEL_WIDTH);
    const float *keys = attention->keys + head / attention->group * attention->cache_head_stride;
    const float *queries = attention->queries + first_token * attention->query_stride + head * dimension;
    const size_t tile_rows = at_most(kernels->gemm_tile_rows, rows);
    float *scores = ir_worker_scratch(worker, (tile_rows * padded + IR_PANEL_WIDTH * dimension) * sizeof(float));
    float *panel = scores + tile_rows * padded;
    for (size_t i = 0; i < rows; i += tile_rows) {
        const size_t count = at_most(rows - i, tile_rows);
        for (size_t p = 0; p < end; p += IR_PANEL_WIDTH) {
            kernels->pack_panel(keys + p * dimension, dimension, at_most(end - p, IR_PANEL_WIDTH), dimension, panel);
            kernels->gemm_tile(count, dimension, queries + i * attention->query_stride, attention->query_stride, panel,
                               IR_PANEL_WIDTH, scores + p, padded, false);
        }
        for (size_t r = 0; r < count; r++) {
            const size_t position = attention->start + first_token + i + r;
            const size_t first = first_visible(attention, position);
            float *row = scores + r * padded;
            kernels->scale(row + first, position + 1 - first, attention->scale);
            kernels->softmax(row + first, position + 1 - first);
            memset(row, 0, first * sizeof(float));
            memset(row + position + 1, 0, (padded - position - 1) * sizeof(float));
            const size_t copied = at_most(at_least(end, first_column) - first_column, columns);
            float *target = out + (i + r) * columns;
            memcpy(target, row + first_column, copied * sizeof(float));
            memset(target + copied, 0, (columns - copied) * sizeof(float));
        }
    }
}
