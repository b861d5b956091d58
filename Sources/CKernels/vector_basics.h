// What all operations on vectors of 16 floats build upon. Included by the bodies, under the target attributes of the file
// that includes them, so without a guard.

// Macros, because passing vectors wider than a register to functions would depend on the calling convention.
#define FMA(a, b, c) __builtin_elementwise_fma((lanes)(a), (lanes)(b), (lanes)(c))
#define MAXIMUM(a, b) ((a) > (b) ? (a) : (b))
#define MINIMUM(a, b) ((a) < (b) ? (a) : (b))
// Adding and taking away 1.5 * 2^23 rounds to the nearest integer, ties to even, for magnitudes below 2^22.
#define ROUNDING 12582912.0f
#define ROUNDING_BITS 0x4B400000

INLINE void load(lanes *vector, const float *from) {
    memcpy(vector, from, sizeof *vector);
}

INLINE void store(const lanes *vector, float *to) {
    memcpy(to, vector, sizeof *vector);
}

INLINE float total(const lanes *vector) {
    const lanes v = *vector;
    const __attribute__((ext_vector_type(8))) float halves = v.lo + v.hi;
    const __attribute__((ext_vector_type(4))) float quarters = halves.lo + halves.hi;
    return (quarters.x + quarters.z) + (quarters.y + quarters.w);
}

// exp(x) within 1.01 units in the last place for -87.3 < x < 88.3, and the value at these limits beyond them.
// x = n ln 2 + r with ln 2 split in two (Cody and Waite); exp(r) = 1 + r + r^2 q(r) with q of degree 4, fitted for the
// least relative error (3.1e-9) on |r| < ln 2 / 2; the power of two goes into the exponent bits.
INLINE void exponential(lanes *vector) {
    lanes x = *vector;
    x = MAXIMUM(x, (lanes)-87.3f);
    x = MINIMUM(x, (lanes)88.3f);
    const lanes shifted = FMA(x, 0x1.715476p+0f, ROUNDING);
    const lanes n = shifted - ROUNDING;
    lanes r = FMA(-n, 0.693359375f, x);
    r = FMA(-n, -0x1.bd0106p-13f, r);
    lanes q = FMA(r, 0x1.6a2256p-10f, 0x1.123b04p-7f);
    q = FMA(q, r, 0x1.5558f8p-5f);
    q = FMA(q, r, 0x1.555490p-3f);
    q = FMA(q, r, 0x1.fffffcp-2f);
    const lanes e = FMA(r * r, q, r) + 1.0f;
    integers bits, exponent;
    memcpy(&bits, &e, sizeof bits);
    memcpy(&exponent, &shifted, sizeof exponent);
    bits += exponent << 23;  // the low bits of `shifted` are n; those above leave at the top
    memcpy(vector, &bits, sizeof bits);
}
