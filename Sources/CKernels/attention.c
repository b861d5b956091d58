// Blocked causal attention with a running softmax (the blocks and the correction of earlier sums follow FlashAttention,
// arXiv 2205.14135), built on the matrix tiles of the kernel table.
//
// One task is one key-value head and a block of tokens. Its query rows, head after head, meet one block of keys at a
// time: the block's keys are transposed into panels once and serve all rows; a tile of rows gets its scores, softmax
// step and weighted sum of values while these are in the first-level cache.

#include "ir_attention.h"

#include <math.h>
#include <string.h>

enum { KEY_BLOCK = 4 * IR_PANEL_WIDTH, TILE_ROWS = IR_SOFTMAX_ROWS };

static size_t at_most(size_t value, size_t limit) { return value < limit ? value : limit; }
static size_t at_least(size_t value, size_t limit) { return value > limit ? value : limit; }

// The positions that the token at `position` sees: first ..< position + 1.
static size_t first_visible(const ir_attention *attention, size_t position) {
    const size_t window = attention->window;
    return window > 0 && position + 1 > window ? position + 1 - window : 0;
}

typedef struct {
    size_t rows;      // heads of the group x tokens, head after head
    size_t width;     // head dimension, padded to whole panels
    float *queries;   // rows x head dimension, scaled
    float *sums;      // rows x width: weighted sums of values
    float *maxima;    // rows
    float *totals;    // rows
    float *panels;    // the key block, transposed: panels of head dimension x 32
    float *values;    // the value block, padded; unused where the head dimension fills its panels
    float *scores;    // TILE_ROWS x KEY_BLOCK
} workspace;

static workspace make_workspace(const ir_attention *attention, size_t token_count, ir_worker *worker) {
    const size_t dimension = attention->head_dimension;
    workspace space = {0};
    space.rows = attention->group * token_count;
    space.width = (dimension + IR_PANEL_WIDTH - 1) / IR_PANEL_WIDTH * IR_PANEL_WIDTH;
    const size_t rows = (space.rows + 15) / 16 * 16;
    const size_t queries = rows * dimension, sums = rows * space.width, panels = KEY_BLOCK * dimension;
    const size_t values = KEY_BLOCK * space.width;
    float *memory = ir_worker_scratch(
        worker, (queries + sums + 2 * rows + panels + values + TILE_ROWS * KEY_BLOCK) * sizeof(float));
    space.queries = memory;
    space.sums = space.queries + queries;
    space.maxima = space.sums + sums;
    space.totals = space.maxima + rows;
    space.panels = space.totals + rows;
    space.values = space.panels + panels;
    space.scores = space.values + values;
    return space;
}

static void load_queries(const ir_kernels *kernels, const ir_attention *attention, const workspace *space,
                         size_t kv_head, size_t first_token, size_t token_count) {
    const size_t dimension = attention->head_dimension;
    for (size_t h = 0; h < attention->group; h++) {
        for (size_t i = 0; i < token_count; i++) {
            float *row = space->queries + (h * token_count + i) * dimension;
            memcpy(row,
                   attention->queries + (first_token + i) * attention->query_stride +
                       (kv_head * attention->group + h) * dimension,
                   dimension * sizeof(float));
            kernels->scale(row, dimension, attention->scale);
        }
    }
    memset(space->sums, 0, space->rows * space->width * sizeof(float));
    for (size_t r = 0; r < space->rows; r++) {
        space->maxima[r] = -INFINITY;
        space->totals[r] = 0;
    }
}

static void load_keys(const ir_kernels *kernels, const ir_attention *attention, const workspace *space,
                      const float *keys, size_t count) {
    const size_t dimension = attention->head_dimension;
    for (size_t p = 0; p < count; p += IR_PANEL_WIDTH) {
        kernels->pack_panel(keys + p * dimension, dimension, at_most(count - p, IR_PANEL_WIDTH), dimension,
                            space->panels + p * dimension);
    }
}

// Values whose rows fill whole panels are read where they stand.
static const float *load_values(const ir_attention *attention, const workspace *space, const float *values,
                                size_t count) {
    const size_t dimension = attention->head_dimension;
    if (dimension == space->width) {
        return values;
    }
    memset(space->values, 0, count * space->width * sizeof(float));
    for (size_t p = 0; p < count; p++) {
        memcpy(space->values + p * space->width, values + p * dimension, dimension * sizeof(float));
    }
    return space->values;
}

// A tile of rows (tokens of one head, the first at `position`) against the key block that starts at `block`.
static void attend_tile(const ir_kernels *kernels, const ir_attention *attention, const workspace *space, size_t row,
                        size_t rows, size_t position, size_t block, size_t count, const float *values) {
    const size_t dimension = attention->head_dimension;
    const size_t padded = (count + IR_PANEL_WIDTH - 1) / IR_PANEL_WIDTH * IR_PANEL_WIDTH;
    for (size_t p = 0; p < padded; p += IR_PANEL_WIDTH) {
        kernels->gemm_tile(rows, dimension, space->queries + row * dimension, dimension, space->panels + p * dimension,
                           IR_PANEL_WIDTH, space->scores + p, KEY_BLOCK, false);
    }
    size_t first[IR_SOFTMAX_ROWS], last[IR_SOFTMAX_ROWS];
    float corrections[IR_SOFTMAX_ROWS];
    for (size_t r = 0; r < rows; r++) {
        last[r] = at_most(at_least(position + r + 1, block) - block, count);
        first[r] = at_most(at_least(first_visible(attention, position + r), block) - block, last[r]);
    }
    kernels->softmax_rows(rows, space->scores, KEY_BLOCK, first, last, padded, space->maxima + row, space->totals + row,
                          corrections);
    float *sums = space->sums + row * space->width;
    for (size_t r = 0; r < rows; r++) {
        if (corrections[r] != 1.0f) {
            kernels->scale(sums + r * space->width, space->width, corrections[r]);
        }
    }
    for (size_t j = 0; j < space->width; j += IR_PANEL_WIDTH) {
        kernels->gemm_tile(rows, count, space->scores, KEY_BLOCK, values + j, space->width, sums + j, space->width, true);
    }
}

void ir_attention_forward(const ir_kernels *kernels, const ir_attention *attention, size_t kv_head, size_t first_token,
                          size_t token_count, float *out, size_t out_stride, ir_worker *worker) {
    const size_t dimension = attention->head_dimension;
    const workspace space = make_workspace(attention, token_count, worker);
    load_queries(kernels, attention, &space, kv_head, first_token, token_count);
    const float *keys = attention->keys + kv_head * attention->cache_head_stride;
    const float *values = attention->values + kv_head * attention->cache_head_stride;
    const size_t position = attention->start + first_token;
    const size_t end = position + token_count;
    const size_t tile_rows = kernels->gemm_tile_rows;
    const size_t begin = first_visible(attention, position) / KEY_BLOCK * KEY_BLOCK;
    for (size_t block = begin; block < end; block += KEY_BLOCK) {
        const size_t count = at_most(end - block, KEY_BLOCK);
        load_keys(kernels, attention, &space, keys + block * dimension, count);
        const float *block_values = load_values(attention, &space, values + block * dimension, count);
        for (size_t h = 0; h < attention->group; h++) {
            for (size_t i = 0; i < token_count; i += tile_rows) {
                const size_t rows = at_most(token_count - i, tile_rows);
                const size_t last_position = position + i + rows - 1;
                if (last_position < block || first_visible(attention, position + i) >= block + count) {
                    continue;
                }
                // Keys behind the tile's last token are masked for all its rows.
                const size_t seen = at_most(count, last_position + 1 - block);
                attend_tile(kernels, attention, &space, h * token_count + i, rows, position + i, block, seen,
                            block_values);
            }
        }
    }
    for (size_t h = 0; h < attention->group; h++) {
        for (size_t i = 0; i < token_count; i++) {
            const size_t row = h * token_count + i;
            float *target = out + (first_token + i) * out_stride + (kv_head * attention->group + h) * dimension;
            memcpy(target, space.sums + row * space.width, dimension * sizeof(float));
            kernels->scale(target, dimension, 1.0f / space.totals[row]);
        }
    }
}

void ir_attention_probe(const ir_kernels *kernels, const ir_attention *attention, size_t head, size_t first_token,
                        size_t rows, size_t first_column, size_t columns, float *out, ir_worker *worker) {
    const size_t dimension = attention->head_dimension;
    const size_t end = attention->start + first_token + rows;
    const size_t padded = (end + IR_PANEL_WIDTH - 1) / IR_PANEL_WIDTH * IR_PANEL_WIDTH;
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
