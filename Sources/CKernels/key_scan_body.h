// scan_keys on vectors of 16 keys: a tile. Each instruction set has one file that includes this one under its own target
// attributes. Included more than once, so without a guard; defines scan_keys.
//
// The includer defines, behind vector_types.h:
//     SCANNED: queries that go through a tile together, at most IR_KEY_SCAN_QUERIES.
//     tile_products(int rows, const uint8_t *codes, const int8_t *queries, const int32_t *sums, size_t dimension,
//         integers *products): for each of `rows` queries its integer products with the tile's int8 keys. `rows` is a
//         constant where it is inlined.

#include "vector_basics.h"

typedef _Float16 halves __attribute__((ext_vector_type(16)));

// What the products are made of: a constant wherever it is inlined.
enum { CODES, CODES_AND_LOW_CODES, HALVES };

// Logits of `rows` queries from `first` on and the int8 keys of a tile, which begins at `key`.
INLINE void code_logits(const int rows, const bool fine, const ir_key_scan *scan, size_t first, size_t key,
                        lanes *logits) {
    const uint8_t *codes = scan->codes + key * scan->dimension;
    integers products[SCANNED], low[SCANNED];
    tile_products(rows, codes, scan->query_codes + first * scan->dimension, scan->query_sums + first, scan->dimension,
                  products);
    if (fine) {
        tile_products(rows, codes, scan->query_low_codes + first * scan->dimension, scan->query_low_sums + first,
                      scan->dimension, low);
    }
    lanes scales;
    load(&scales, scan->scales + key);
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        const integers whole = fine ? (products[row] << 7) + low[row] : products[row];
        const lanes product = __builtin_convertvector(whole, lanes);
        logits[row] = FMA(product, scales * scan->query_scales[first + row], scan->bases[first + row]);
    }
}

// The same for float16 keys.
INLINE void half_logits(const int rows, const ir_key_scan *scan, size_t first, size_t key, lanes *logits) {
    const uint16_t *from = scan->halves + key * scan->dimension;
    const float *queries = scan->query_values + first * scan->dimension;
    lanes sums[SCANNED];
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        sums[row] = scan->bases[first + row];
    }
    for (size_t d = 0; d < scan->dimension; d++) {
        halves stored;
        memcpy(&stored, from + d * IR_KEY_TILE, sizeof stored);
        const lanes elements = __builtin_convertvector(stored, lanes);
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            sums[row] = FMA(elements, queries[(size_t)row * scan->dimension + d], sums[row]);
        }
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        logits[row] = sums[row];
    }
}

// Powers of the queries from `first` on, and their sums; then the scores.
INLINE void scan_queries(const int rows, const int kind, const ir_key_scan *scan, size_t first) {
    const size_t padded = (scan->keys + IR_KEY_TILE - 1) / IR_KEY_TILE * IR_KEY_TILE;
    const integers places = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    lanes totals[SCANNED];
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        totals[row] = 0;
    }
    for (size_t key = 0; key < padded; key += IR_KEY_TILE) {
        lanes logits[SCANNED];
        if (kind == HALVES) {
            half_logits(rows, scan, first, key, logits);
        } else {
            code_logits(rows, kind == CODES_AND_LOW_CODES, scan, first, key, logits);
        }
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            lanes power = MINIMUM(logits[row], (lanes)80.0f);
            exponential(&power);
            if (key + IR_KEY_TILE > scan->keys) {
                const integers left = (int32_t)(scan->keys - key);
                power = places < left ? power : (lanes)0.0f;
            }
            totals[row] += power;
            store(&power, scan->powers + row * padded + key);
        }
    }
    float factors[SCANNED];
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        factors[row] = scan->weights[first + row] / (scan->others[first + row] + total(&totals[row]));
    }
    for (size_t key = 0; key < padded; key += IR_KEY_TILE) {
        lanes score;
        load(&score, scan->scores + key);
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            lanes power;
            load(&power, scan->powers + row * padded + key);
            score = FMA(power, factors[row], score);
        }
        store(&score, scan->scores + key);
    }
}

INLINE void scan_all(const int kind, const ir_key_scan *scan) {
    size_t first = 0;
    for (; first + SCANNED <= scan->queries; first += SCANNED) {
        scan_queries(SCANNED, kind, scan, first);
    }
    if (SCANNED > 4 && first + 4 <= scan->queries) {
        scan_queries(4, kind, scan, first);
        first += 4;
    }
    for (; first < scan->queries; first++) {
        scan_queries(1, kind, scan, first);
    }
}

static void scan_keys(const ir_key_scan *scan) {
    if (scan->halves != NULL) {
        scan_all(HALVES, scan);
    } else if (scan->query_low_codes == NULL) {
        scan_all(CODES, scan);
    } else {
        scan_all(CODES_AND_LOW_CODES, scan);
    }
}
