// Blocked causal attention with a running softmax (the blocks and the correction of earlier sums follow FlashAttention,
// arXiv 2205.14135; blocks of a cache that lie anywhere follow PagedAttention, arXiv 2309.06180), built on the matrix tiles
// of the kernel table.
//
// One task is one key-value head and a run of tokens: its query rows, head after head, meet one block of keys at a time; a
// tile of rows gets its scores, softmax step and weighted sum of values while these are in the first-level cache.

#include "ir_attention.h"

#include <math.h>
#include <string.h>

enum { KEY_BLOCK = IR_BLOCK_POSITIONS, TILE_ROWS = IR_SOFTMAX_ROWS };

static size_t at_most(size_t value, size_t limit) { return value < limit ? value : limit; }
static size_t at_least(size_t value, size_t limit) { return value > limit ? value : limit; }
static size_t whole(size_t value, size_t unit) { return (value + unit - 1) / unit * unit; }

// The positions that the token at `position` sees: first ..< position + 1.
static size_t first_visible(const ir_attention *attention, size_t position) {
    const size_t window = attention->window;
    return window > 0 && position + 1 > window ? position + 1 - window : 0;
}

// Elements of one key in its panel: bf16 stand in pairs.
static size_t key_depth(const ir_attention *attention) {
    const size_t dimension = attention->layout.head_dimension;
    return attention->layout.bf16 ? whole(dimension, 2) : dimension;
}

// Whether products are made in bf16. Where the CPU does not make them, or not faster than those of float32, keys and values
// that are stored in bf16 are widened as they are multiplied.
static bool multiplies_bf16(const ir_kernels *kernels, const ir_attention *attention) {
    return attention->layout.bf16 && kernels->multiplies_bf16;
}

// A block's panels of 32 keys, and rows of values, of one head.
typedef struct {
    const void *keys;
    const void *values;
} head_block;

static head_block block_of_head(const ir_attention *attention, const ir_key_value_block *block, size_t kv_head) {
    const ir_key_value_layout *layout = &attention->layout;
    const uint8_t *keys = block->keys, *values = block->values;
    return (head_block){keys + kv_head * ir_key_bytes(layout, block->capacity),
                        values == NULL ? NULL : values + kv_head * ir_value_bytes(layout, block->capacity)};
}

static void load_query(const ir_kernels *kernels, const ir_attention *attention, const float *query, void *queries,
                       size_t row) {
    const size_t dimension = attention->layout.head_dimension, depth = key_depth(attention);
    if (multiplies_bf16(kernels, attention)) {
        uint16_t *target = (uint16_t *)queries + row * depth;
        target[depth - 1] = 0;
        kernels->round_bf16(query, dimension, attention->scale, target);
    } else {
        float *target = (float *)queries + row * depth;
        target[depth - 1] = 0;
        memcpy(target, query, dimension * sizeof(float));
        kernels->scale(target, dimension, attention->scale);
    }
}

// scores = queries * transpose(keys), for the first `count` keys of a block, rounded up to whole panels.
static void multiply_keys(const ir_kernels *kernels, const ir_attention *attention, const void *queries, size_t row,
                          size_t rows, const void *keys, size_t count, float *scores, size_t stride) {
    const size_t depth = key_depth(attention);
    for (size_t p = 0; p < count; p += IR_PANEL_WIDTH) {
        if (multiplies_bf16(kernels, attention)) {
            kernels->gemm_tile_bf16(rows, depth / 2, (const uint16_t *)queries + row * depth, depth,
                                    (const uint16_t *)keys + p * depth, 2 * IR_PANEL_WIDTH, scores + p, stride, false);
        } else if (attention->layout.bf16) {
            kernels->gemm_tile_paired(rows, depth / 2, (const float *)queries + row * depth, depth,
                                      (const uint16_t *)keys + p * depth, 2 * IR_PANEL_WIDTH, scores + p, stride, false);
        } else {
            kernels->gemm_tile(rows, depth, (const float *)queries + row * depth, depth,
                               (const float *)keys + p * depth, IR_PANEL_WIDTH, scores + p, stride, false);
        }
    }
}

// ---- attention ----

typedef struct {
    size_t rows;      // heads of the group x tokens, head after head
    size_t width;     // of values
    void *queries;    // rows x query depth, scaled
    float *sums;      // rows x width: weighted sums of values
    float *maxima;    // rows
    float *totals;    // rows
    float *scores;    // TILE_ROWS x KEY_BLOCK
    uint16_t *powers; // the same in bf16
} workspace;

static workspace make_workspace(const ir_attention *attention, size_t token_count, ir_worker *worker) {
    workspace space = {.rows = attention->group * token_count, .width = ir_value_width(&attention->layout)};
    const size_t rows = whole(space.rows, 16);
    const size_t queries = rows * key_depth(attention), sums = rows * space.width;
    const size_t scores = TILE_ROWS * KEY_BLOCK, powers = TILE_ROWS * KEY_BLOCK / 2;
    float *memory = ir_worker_scratch(worker, (queries + sums + 2 * rows + scores + powers) * sizeof(float));
    space.sums = memory;
    space.maxima = space.sums + sums;
    space.totals = space.maxima + rows;
    space.scores = space.totals + rows;
    space.powers = (uint16_t *)(void *)(space.scores + scores);
    space.queries = space.scores + scores + powers;
    return space;
}

static void load_queries(const ir_kernels *kernels, const ir_attention *attention, const workspace *space,
                         size_t kv_head, size_t first_token, size_t token_count) {
    for (size_t h = 0; h < attention->group; h++) {
        const float *head = attention->queries + (kv_head * attention->group + h) * attention->layout.head_dimension;
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

// sums = (accumulate ? sums : 0) + powers * values. The powers up to the next whole panel are 0.
static void multiply_values(const ir_kernels *kernels, const ir_attention *attention, const workspace *space,
                            size_t row, size_t rows, const void *values, size_t count, bool accumulate) {
    float *sums = space->sums + row * space->width;
    for (size_t j = 0; j < space->width; j += IR_PANEL_WIDTH) {
        if (multiplies_bf16(kernels, attention)) {
            kernels->gemm_tile_bf16(rows, (count + 1) / 2, space->powers, KEY_BLOCK, (const uint16_t *)values + 2 * j,
                                    2 * space->width, sums + j, space->width, accumulate);
        } else if (attention->layout.bf16) {
            kernels->gemm_tile_paired(rows, (count + 1) / 2, space->scores, KEY_BLOCK, (const uint16_t *)values + 2 * j,
                                      2 * space->width, sums + j, space->width, accumulate);
        } else {
            kernels->gemm_tile(rows, count, space->scores, KEY_BLOCK, (const float *)values + j, space->width, sums + j,
                               space->width, accumulate);
        }
    }
}

// A tile of rows against the first `count` keys of the block at `start`: tokens of one head, of which the first stands at
// `position` and each other `step` = 1 further; or heads of one token, with `step` = 0.
static void attend_tile(const ir_kernels *kernels, const ir_attention *attention, const workspace *space, size_t row,
                        size_t rows, size_t position, size_t step, head_block block, size_t start, size_t count) {
    multiply_keys(kernels, attention, space->queries, row, rows, block.keys, count, space->scores, KEY_BLOCK);
    size_t first[IR_SOFTMAX_ROWS], last[IR_SOFTMAX_ROWS];
    float corrections[IR_SOFTMAX_ROWS];
    for (size_t r = 0; r < rows; r++) {
        last[r] = at_most(at_least(position + r * step + 1, start) - start, count);
        first[r] = at_most(at_least(first_visible(attention, position + r * step), start) - start, last[r]);
    }
    const size_t padded = whole(count, IR_PANEL_WIDTH);
    float *maxima = space->maxima + row, *totals = space->totals + row;
    if (multiplies_bf16(kernels, attention)) {
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
    multiply_values(kernels, attention, space, row, rows, block.values, count, !is_first);
}

static void store_sums(const ir_kernels *kernels, const ir_attention *attention, const workspace *space, size_t kv_head,
                       size_t first_token, size_t token_count, float *out, size_t out_stride) {
    const size_t dimension = attention->layout.head_dimension;
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
    for (size_t b = 0; b < attention->block_count && attention->blocks[b].start < end; b++) {
        const size_t start = attention->blocks[b].start, count = attention->blocks[b].count;
        if (first_visible(attention, position) >= start + count) {
            continue;
        }
        const head_block block = block_of_head(attention, &attention->blocks[b], kv_head);
        if (token_count == 1) {
            // A single token's heads share a tile: otherwise every head would read the block again for one row.
            for (size_t h = 0; h < attention->group; h += tile_rows) {
                attend_tile(kernels, attention, &space, h, at_most(attention->group - h, tile_rows), position, 0, block,
                            start, at_most(end - start, count));
            }
            continue;
        }
        for (size_t h = 0; h < attention->group; h++) {
            for (size_t i = 0; i < token_count; i += tile_rows) {
                const size_t rows = at_most(token_count - i, tile_rows);
                const size_t last_position = position + i + rows - 1;
                if (last_position < start || first_visible(attention, position + i) >= start + count) {
                    continue;
                }
                // Keys behind the tile's last token are masked for all its rows.
                const size_t seen = at_most(last_position + 1 - start, count);
                attend_tile(kernels, attention, &space, h * token_count + i, rows, position + i, 1, block, start, seen);
            }
        }
    }
    store_sums(kernels, attention, &space, kv_head, first_token, token_count, out, out_stride);
}

size_t ir_attention_tile_rows(const ir_kernels *kernels, const ir_attention *attention) {
    return at_most(multiplies_bf16(kernels, attention) ? kernels->gemm_bf16_tile_rows : kernels->gemm_tile_rows, TILE_ROWS);
}

// ---- probes ----

void ir_attention_probe(const ir_kernels *kernels, const ir_attention *attention, size_t head, size_t first_token,
                        size_t rows, size_t first_column, size_t columns, float *out, ir_worker *worker) {
    const size_t depth = key_depth(attention);
    const size_t end = attention->start + first_token + rows;
    // A block's last panel may reach beyond the positions that are there.
    const size_t padded = whole(end, IR_PANEL_WIDTH) + IR_PANEL_WIDTH;
    const size_t tile_rows = at_most(ir_attention_tile_rows(kernels, attention), rows);
    float *scores = ir_worker_scratch(worker, tile_rows * (padded + depth) * sizeof(float));
    float *queries = scores + tile_rows * padded;
    for (size_t i = 0; i < rows; i += tile_rows) {
        const size_t count = at_most(rows - i, tile_rows);
        for (size_t r = 0; r < count; r++) {
            const float *query = attention->queries + (first_token + i + r) * attention->query_stride +
                                 head * attention->layout.head_dimension;
            load_query(kernels, attention, query, queries, r);
        }
        for (size_t b = 0; b < attention->block_count && attention->blocks[b].start < end; b++) {
            const ir_key_value_block *block = &attention->blocks[b];
            const size_t seen = at_most(end - block->start, block->count);
            multiply_keys(kernels, attention, queries, 0, count,
                          block_of_head(attention, block, head / attention->group).keys, seen, scores + block->start,
                          padded);
        }
        for (size_t r = 0; r < count; r++) {
            const size_t position = attention->start + first_token + i + r;
            const size_t first = first_visible(attention, position);
            float *row = scores + r * padded;
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
