/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): the same numbers for
/// the same seed, on every machine. Not for secrets.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The stream that starts at a seed.
    package init(seed: UInt64) {
        state = seed
    }

    /// A stream of its own for each purpose, such as `"niah_single_1/8192/3"`: the seed mixed with FNV-1a of the purpose.
    package init(seed: UInt64, for purpose: String) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
        for byte in purpose.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        _ = next()
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// Uniform in 0 ..< 1, in steps of 2^-53.
    package mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }
}
