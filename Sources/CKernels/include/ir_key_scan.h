// Queries meet the stored keys of one window: what an attention index computes of a question.
#ifndef IR_KEY_SCAN_H
#define IR_KEY_SCAN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    // Keys that lie side by side in a tile of codes.
    IR_KEY_TILE = 16,
    // Queries that a kernel takes together at most, each with a row of `powers`.
    IR_KEY_SCAN_QUERIES = 8,
};

// Adds to the score of each key of a window the weighted attention that some queries pay to it.
//
// Keys are int8 codes, or float16 where `halves` is not NULL. The code of element d of key k is
//     code[k, d] = codes[((k / 16) * (dimension / 4) + d / 4) * 64 + (k % 16) * 4 + d % 4] - 128
// and its float16 (IEEE 754 binary16)
//     half[k, d] = halves[((k / 16) * dimension + d) * 16 + k % 16].
// For each query q, in order:
//     logit[k]  = product[k] + bases[q], with product[k] =
//         scales[k] * query_scales[q] * sum over d of code[k, d] * query_codes[q, d], or where there are low codes,
//         scales[k] * query_scales[q] * sum over d of code[k, d] * (128 * query_codes[q, d] + query_low_codes[q, d]), or
//         sum over d of half[k, d] * query_values[q, d]
//     power[k]  = exp(min(logit[k], 80))
//     scores[k] += weights[q] * power[k] / (others[q] + sum over k of power[k])
// so with bases relative to any logit of the query, and others the powers of the keys outside the window, this is the
// softmax over all of them.
typedef struct ir_key_scan {
    size_t keys;       // codes, scales, halves, scores and a row of powers hold this many, rounded up to whole tiles
    size_t dimension;  // a multiple of 4
    const uint16_t *halves;  // float16 keys; or NULL: the seven fields below it are used, and query_values is not
    const uint8_t *codes;
    const float *scales;
    const int8_t *query_codes;  // queries x dimension
    const int32_t *query_sums;  // the sum of each query's codes
    const int8_t *query_low_codes;  // queries x dimension, from -64 to 64; or NULL
    const int32_t *query_low_sums;
    const float *query_scales;
    const float *query_values;  // queries x dimension
    size_t queries;
    const float *bases;
    const float *others;
    const float *weights;
    float *powers;  // scratch: IR_KEY_SCAN_QUERIES rows
    float *scores;
} ir_key_scan;

// The codes of int4 keys as the scan takes them. Each byte holds two codes, with a surplus of 8: of 64 that lie together
//     codes[i] = 128 + (packed[i] % 16 - 8) and codes[i + 32] = 128 + (packed[i] / 16 - 8) for i < 32.
// `count` codes, a multiple of 64.
void ir_unpack_int4(const uint8_t *packed, size_t count, uint8_t *codes);

// Box filter of `width` values, zero padded: out[j] = sum of values[j + d] over -(width / 2) <= d < width - width / 2,
// in the order of d.
void ir_box_filter(const float *values, size_t count, size_t width, float *out);

// Mean of the `best` largest values; of all where there are fewer, but never of less than a quarter of `best` (missing
// ones count 0). Summed from the largest down. best <= IR_BEST_VALUES.
enum { IR_BEST_VALUES = 256 };
float ir_mean_of_best(const float *values, size_t count, size_t best);

#ifdef __cplusplus
}
#endif

#endif
