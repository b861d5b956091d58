import Tensors

extension BlockFormat {
    /// Random stored elements of about the given standard deviation and a mean near zero: random bytes for everything but
    /// the scales, which are random within a factor of three.
    /// - Parameter elements: a multiple of `elementsPerBlock`.
    package func randomBytes(
        elements: Int, deviation: Float = 1, using generator: inout SeededGenerator
    ) -> [UInt8] {
        precondition(elements.isMultiple(of: elementsPerBlock), "\(elements) elements are no whole blocks of \(name)")
        var bytes: [UInt8] = []
        for _ in 0..<(elements / elementsPerBlock) {
            bytes += randomBlock(deviation: deviation, using: &generator)
        }
        return bytes
    }

    private func randomBlock(deviation: Float, using generator: inout SeededGenerator) -> [UInt8] {
        var block = generator.bytes(bytesPerBlock)
        func put(_ bits: UInt16, at offset: Int) {
            block[offset] = UInt8(truncatingIfNeeded: bits)
            block[offset + 1] = UInt8(truncatingIfNeeded: bits >> 8)
        }
        // The groups of a K format have scales and minima in 0...63, root mean square 36.4, packed in bytes 4 ..< 16. Equal
        // ones keep each group's mean near zero.
        func putEqualScalesAndMinima() {
            for index in 4..<8 {
                block[index + 4] = block[index]
                block[index + 8] = (block[index + 8] & 15) * 17
            }
        }
        // A uniform integer of n values has a deviation of n / sqrt(12).
        let spread = deviation * (0.5 + generator.uniform())
        switch self {
        case .f32:
            block = []
            block.append(littleEndian: (generator.normal() * deviation).bitPattern)
        case .f16: put(halfBits(generator.normal() * deviation), at: 0)
        case .bf16: put(bfloat16Bits(generator.normal() * deviation), at: 0)
        case .q4_0: put(halfBits(spread / 4.6), at: 0)
        case .q5_0: put(halfBits(-spread / 9.2), at: 0)
        case .q8_0: put(halfBits(spread / 74), at: 0)
        case .q4_1:
            put(halfBits(spread / 4.6), at: 0)
            put(halfBits(-7.5 * spread / 4.6), at: 2)
        case .q5_1:
            put(halfBits(spread / 9.2), at: 0)
            put(halfBits(-15.5 * spread / 9.2), at: 2)
        case .q4_K:
            putEqualScalesAndMinima()
            put(halfBits(spread / 4.6 / 36.4), at: 0)
            put(halfBits(7.5 * spread / 4.6 / 36.4), at: 2)
        case .q5_K:
            putEqualScalesAndMinima()
            put(halfBits(spread / 9.2 / 36.4), at: 0)
            put(halfBits(15.5 * spread / 9.2 / 36.4), at: 2)
        case .q6_K: put(halfBits(spread / 18.5 / 74), at: 208)
        }
        return block
    }
}
