/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, the same on every machine.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    /// Starts at a state.
    init(state: UInt64) { self.state = state }

    /// A stream of its own for each purpose, such as `"niah_single_1/8192/3"`: the seed mixed with FNV-1a of the purpose.
    init(seed: UInt64, for purpose: String) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
        for byte in purpose.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
