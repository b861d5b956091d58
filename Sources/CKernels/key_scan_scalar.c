// The definition of scan_keys; what is done to int4 keys before it, and for each token after it: the phrase filter and the
// scores of passages.

#include <math.h>
#include <string.h>

#include "CKernels.h"
#include "kernels_internal.h"

static float code_product(const ir_key_scan *scan, size_t query, size_t key) {
    const uint8_t *codes = scan->codes + key / IR_KEY_TILE * scan->dimension * IR_KEY_TILE + key % IR_KEY_TILE * 4;
    const int8_t *high = scan->query_codes + query * scan->dimension;
    const int8_t *low = scan->query_low_codes == NULL ? NULL : scan->query_low_codes + query * scan->dimension;
    int32_t sum = 0;
    for (size_t d = 0; d < scan->dimension; d++) {
        const int32_t code = low == NULL ? high[d] : 128 * high[d] + low[d];
        sum += ((int32_t)codes[d / 4 * 4 * IR_KEY_TILE + d % 4] - 128) * code;
    }
    return scan->scales[key] * scan->query_scales[query] * (float)sum;
}

static float half_product(const ir_key_scan *scan, size_t query, size_t key) {
    const uint16_t *halves = scan->halves + key / IR_KEY_TILE * scan->dimension * IR_KEY_TILE + key % IR_KEY_TILE;
    float sum = 0;
    for (size_t d = 0; d < scan->dimension; d++) {
        sum += ir_half_to_float(halves[d * IR_KEY_TILE]) * scan->query_values[query * scan->dimension + d];
    }
    return sum;
}

static void scan_keys(const ir_key_scan *scan) {
    for (size_t query = 0; query < scan->queries; query++) {
        float total = scan->others[query];
        for (size_t key = 0; key < scan->keys; key++) {
            const float product =
                scan->halves == NULL ? code_product(scan, query, key) : half_product(scan, query, key);
            scan->powers[key] = expf(fminf(product + scan->bases[query], 80.0f));
            total += scan->powers[key];
        }
        const float factor = scan->weights[query] / total;
        for (size_t key = 0; key < scan->keys; key++) {
            scan->scores[key] += factor * scan->powers[key];
        }
    }
}

void ir_key_scan_scalar(ir_kernels *table) { table->scan_keys = scan_keys; }

void ir_unpack_int4(const uint8_t *packed, size_t count, uint8_t *codes) {
    for (size_t start = 0; start < count; start += 64) {
        // Copied, so that the compiler need not fear that codes lie over what they come from.
        uint8_t pairs[32];
        memcpy(pairs, packed + start / 2, sizeof pairs);
        for (size_t i = 0; i < 32; i++) {
            codes[start + i] = 120 + (pairs[i] & 15);
            codes[start + 32 + i] = 120 + (pairs[i] >> 4);
        }
    }
}

void ir_box_filter(const float *values, size_t count, size_t width, float *out) {
    const size_t before = width / 2, behind = width - 1 - before;
    for (size_t center = 0; center < count; center++) {
        const size_t first = center < before ? 0 : center - before;
        const size_t last = count - center > behind ? center + behind : count - 1;
        float sum = 0;
        // Not a running sum, which would carry rounding errors of large values into small ones.
        for (size_t index = first; index <= last; index++) {
            sum += values[index];
        }
        out[center] = sum;
    }
}

float ir_mean_of_best(const float *values, size_t count, size_t best) {
    float largest[IR_BEST_VALUES];  // in falling order
    if (best > IR_BEST_VALUES) {
        best = IR_BEST_VALUES;
    }
    size_t held = 0;
    for (size_t index = 0; index < count; index++) {
        const float value = values[index];
        if (held == best && (best == 0 || !(value > largest[held - 1]))) {
            continue;
        }
        size_t place = held < best ? held++ : held - 1;
        for (; place > 0 && largest[place - 1] < value; place--) {
            largest[place] = largest[place - 1];
        }
        largest[place] = value;
    }
    float sum = 0;
    for (size_t index = 0; index < held; index++) {
        sum += largest[index];
    }
    const size_t fewest = (best + 3) / 4;
    const size_t divisor = held > fewest ? held : fewest;
    return divisor == 0 ? 0 : sum / (float)divisor;
}
