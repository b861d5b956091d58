import Tensors
import TestSupport
import Testing

@Suite struct DequantizeKernelTests {
    /// Each instruction set decodes each format to the bits of the portable definition: 1 to 40 blocks, which begin at
    /// odd addresses.
    @Test(arguments: InstructionSet.vector, BlockFormat.allCases)
    func sameBits(_ set: InstructionSet, _ format: BlockFormat) {
        var generator = SeededGenerator(seed: 70)
        for blocks in Array(1...9) + [40] {
            let elements = blocks * format.elementsPerBlock
            let stored = GuardedArray(format.randomBytes(elements: elements, using: &generator))
            let source = UnsafeRawBufferPointer(start: stored.pointer, count: stored.count)
            var expected = [Float](repeating: 0, count: elements)
            _ = expected.withUnsafeMutableBufferPointer { format.dequantize(source, into: $0) }
            let decoded = GuardedArray<Float>(count: elements)
            format.decoder(of: set.kernels)(stored.pointer, decoded.pointer, blocks)
            #expect(decoded.values.map(\.bitPattern) == expected.map(\.bitPattern))
            #expect(decoded.guardsStand)
        }
    }
}
