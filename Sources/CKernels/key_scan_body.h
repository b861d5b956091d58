// scan_keys on vectors of 16 keys: a tile. Each instruction set has one file that includes this one under its own target
// attributes. Included more than once, so without a guard; defines scan_keys.
//
// The includer defines, behind vector_types.h:
//     SCANNED: queries that go through a tile together, at most IR_KEY_SCAN_QUERIES.
//     tile_products(int rows, const uint8_t *codes, const int8_t *queries, const int32_t *sums, size_t dimension,
//         integers *products): for each of `rows` queries its integer products with the tile's keys. `rows` is a constant
//         where it is inlined.

#include "vector_basics.h"

// Powers of the queries from `first` on, and their sums; then the scores.
INLINE void scan_queries(const int rows, const bool fine, const ir_key_scan *scan, size_t first) {
    const size_t padded = (scan->keys + IR_KEY_TILE - 1) / IR_KEY_TILE * IR_KEY_TILE;
    const int8_t *queries = scan->query_codes + first * scan->dimension;
    const integers places = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    lanes totals[SCANNED];
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
        totals[row] = 0;
    }
    for (size_t key = 0; key < padded; key += IR_KEY_TILE) {
        integers products[SCANNED];
        tile_products(rows, scan->codes + key * scan->dimension, queries, scan->query_sums + first, scan->dimension,
                      products);
        integers low[SCANNED];
        if (fine) {
            tile_products(rows, scan->codes + key * scan->dimension,
                          scan->query_low_codes + first * scan->dimension, scan->query_low_sums + first,
                          scan->dimension, low);
        }
        lanes scales;
        load(&scales, scan->scales + key);
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            const integers whole = fine ? (products[row] << 7) + low[row] : products[row];
            const lanes product = __builtin_convertvector(whole, lanes);
            lanes power = FMA(product, scales * scan->query_scales[first + row], scan->bases[first + row]);
            power = MINIMUM(power, (lanes)80.0f);
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

INLINE void scan_all(const bool fine, const ir_key_scan *scan) {
    size_t first = 0;
    for (; first + SCANNED <= scan->queries; first += SCANNED) {
        scan_queries(SCANNED, fine, scan, first);
    }
    if (SCANNED > 4 && first + 4 <= scan->queries) {
        scan_queries(4, fine, scan, first);
        first += 4;
    }
    for (; first < scan->queries; first++) {
        scan_queries(1, fine, scan, first);
    }
}

static void scan_keys(const ir_key_scan *scan) {
    if (scan->query_low_codes == NULL) {
        scan_all(false, scan);
    } else {
        scan_all(true, scan);
    }
}
