import CKernels
import Foundation
import TestSupport
import Tensors
import Testing

@Suite struct DequantizeTests {
    @Test(arguments: BlockFormat.allCases)
    func decodesAsTheGGUFPackageDoes(format: BlockFormat) throws {
        let fixture = try DequantizeFixture(format)
        let decoded = decode(fixture.blocks, format)
        #expect(decoded.count == fixture.expected.count)
        let wrong = zip(decoded, fixture.expected).enumerated().filter { !isSame($1.0, $1.1) }.map(\.offset)
        #expect(wrong.isEmpty, "elements \(wrong.prefix(8)) differ")
    }

    @Test func theFixturesHoldNumbersOfEveryKind() throws {
        for format in BlockFormat.allCases {
            let values = try DequantizeFixture(format).expected
            #expect(values.contains { $0.isNaN })
            #expect(values.contains { $0.isInfinite })
            #expect(values.contains { $0.isNormal })
            #expect(values.contains { $0 == 0 })
        }
    }

    @Test func everyHalfIsExact() {
        // binary16 by its definition: sign, 5 bits of exponent, 10 of mantissa.
        func isRight(_ bits: UInt16) -> Bool {
            let value = ir_half_to_float(bits)
            let exponent = Int(bits >> 10 & 31)
            let mantissa = Float(bits & 1023)
            let sign: Float = bits >> 15 == 0 ? 1 : -1
            switch exponent {
            case 0: return value.bitPattern == (sign * mantissa * 0x1p-24).bitPattern
            case 31: return mantissa == 0 ? value == sign * .infinity : value.isNaN
            default:
                return value == sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + mantissa / 1024)
            }
        }
        #expect((UInt16.min...UInt16.max).allSatisfy(isRight))
        let back = (UInt16.min...UInt16.max).filter {
            !ir_half_to_float($0).isNaN && halfBits(ir_half_to_float($0)) != $0
        }
        #expect(back.isEmpty)
    }

    @Test func halvesAreRounded() {
        #expect(
            (UInt16.min...UInt16.max).allSatisfy {
                let value = ir_half_to_float($0)
                return value.isNaN ? ir_half_to_float(ir_float_to_half(value)).isNaN : ir_float_to_half(value) == $0
            })
        // Between each two neighbours: below the middle down, above it up, on it to the even one.
        for bits in UInt16.min..<0x7BFF {
            let (low, high) = (ir_half_to_float(bits), ir_half_to_float(bits + 1))
            let middle = low + (high - low) / 2
            #expect(ir_float_to_half(middle.nextDown) == bits && ir_float_to_half(middle.nextUp) == bits + 1)
            #expect(ir_float_to_half(-middle) == 0x8000 | (bits.isMultiple(of: 2) ? bits : bits + 1))
        }
        #expect(ir_float_to_half(65_519) == 0x7BFF && ir_float_to_half(65_520) == 0x7C00)
        #expect(ir_float_to_half(-.greatestFiniteMagnitude) == 0xFC00 && ir_float_to_half(1e-30) == 0)
    }

    @Test func nibblesOfQ4AreTheTwoHalvesOfABlock() {
        // Scale 2; byte j holds j low and 15 - j high: element j is 2 * (j - 8), element j + 16 is 2 * (7 - j).
        var block: [UInt8] = [0x00, 0x40]
        var expected = [Float](repeating: 0, count: 32)
        for j in 0..<16 {
            block.append(UInt8(j | (15 - j) << 4))
            expected[j] = Float(2 * (j - 8))
            expected[j + 16] = Float(2 * (7 - j))
        }
        #expect(decode(block, .q4_0) == expected)
        // The same nibbles, minimum 1.
        let shifted: [UInt8] = [0x00, 0x40, 0x00, 0x3C] + block[2...]
        #expect(decode(shifted, .q4_1) == expected.map { $0 + 17 })
    }

    @Test func fifthBitsOfQ5AreInElementOrder() {
        for element in 0..<32 {
            var block = [UInt8](repeating: 0, count: 22)
            block[1] = 0x3C
            block[2 + element / 8] = 1 << UInt8(element % 8)
            var expected = [Float](repeating: -16, count: 32)
            expected[element] = 0
            #expect(decode(block, .q5_0) == expected)
        }
    }

    @Test func q8HoldsSignedBytes() {
        let block: [UInt8] = [0x00, 0x38, 0x80, 0x7F, 0xFF] + [UInt8](repeating: 0, count: 29)
        #expect(decode(block, .q8_0).prefix(4) == [-64, 63.5, -0.5, 0])
    }

    @Test func scalesOfQ4KAreSpreadOverTwelveBytes() {
        // d = dmin = 1, all q = 1, so that group g is scale g - minimum g.
        let scales = [1, 17, 33, 63, 2, 18, 34, 62]
        let minima = [5, 21, 37, 53, 6, 22, 38, 54]
        var block = [UInt8](repeating: 0x11, count: 144)
        block.replaceSubrange(0..<4, with: [0x00, 0x3C, 0x00, 0x3C])
        for index in 0..<4 {
            block[4 + index] = UInt8(scales[index] | (scales[index + 4] >> 4) << 6)
            block[8 + index] = UInt8(minima[index] | (minima[index + 4] >> 4) << 6)
            block[12 + index] = UInt8(scales[index + 4] & 15 | (minima[index + 4] & 15) << 4)
        }
        let expected = (0..<256).map { Float(scales[$0 / 32] - minima[$0 / 32]) }
        #expect(decode(block, .q4_K) == expected)
        // Q5_K with every fifth bit set: q = 17.
        let wider = block[..<16] + [UInt8](repeating: 0xFF, count: 32) + block[16...]
        #expect(decode(Array(wider), .q5_K) == (0..<256).map { Float(17 * scales[$0 / 32] - minima[$0 / 32]) })
    }

    @Test func scalesOfQ6KAreSigned() {
        // q = 33 everywhere (low bits 1, high bits 2), d = 1: each group of 16 is its scale.
        let scales = (0..<16).map { Int8($0 * 16 - 128) }
        let block =
            [UInt8](repeating: 0x11, count: 128) + [UInt8](repeating: 0xAA, count: 64)
            + scales.map(UInt8.init(bitPattern:)) + [0x00, 0x3C]
        #expect(decode(block, .q6_K) == (0..<256).map { Float(scales[$0 / 16]) })
    }

    @Test(arguments: BlockFormat.allCases)
    func decodesWholeBlocksThatFit(format: BlockFormat) {
        let source = [UInt8](repeating: 0, count: 3 * format.bytesPerBlock)
        var destination = [Float](repeating: -7, count: 2 * format.elementsPerBlock)
        let decoded = source.withUnsafeBytes { bytes in
            destination.withUnsafeMutableBufferPointer { format.dequantize(bytes, into: $0) }
        }
        #expect(decoded == destination.count)
        // An incomplete block is not touched.
        destination = [-7]
        let none = source.prefix(format.bytesPerBlock - 1).withUnsafeBytes { bytes in
            destination.withUnsafeMutableBufferPointer { format.dequantize(bytes, into: $0) }
        }
        #expect(none == 0)
        #expect(destination == [-7])
    }

    @Test(arguments: BlockFormat.allCases)
    func bytesNeedNoAlignment(format: BlockFormat) {
        var generator = SeededGenerator(seed: 5)
        let stored = format.randomBytes(elements: 512, using: &generator)
        for shift in 1..<4 {
            let shifted = [UInt8](repeating: 0xA5, count: shift) + stored
            #expect(decode(shifted[shift...], format) == decode(stored, format))
        }
    }

    @Test func byteCountsAreChecked() {
        #expect(BlockFormat.q4_0.byteCount(elements: 64) == 36)
        #expect(BlockFormat.q4_0.byteCount(elements: 63) == nil)
        #expect(BlockFormat.q6_K.byteCount(elements: 512) == 420)
        #expect(BlockFormat.f32.byteCount(elements: Int.max) == nil)
        #expect(BlockFormat.f32.byteCount(elements: -4) == nil)
    }
}

/// Equal bit for bit; every NaN is the same, since the sign and payload of a computed one are the machine's.
private func isSame(_ left: Float, _ right: Float) -> Bool {
    left.bitPattern == right.bitPattern || left.isNaN && right.isNaN
}

private func decode(_ blocks: some Collection<UInt8>, _ format: BlockFormat) -> [Float] {
    let elements = blocks.count / format.bytesPerBlock * format.elementsPerBlock
    return [Float](unsafeUninitializedCapacity: elements) { buffer, count in
        count =
            blocks.withContiguousStorageIfAvailable { format.dequantize(UnsafeRawBufferPointer($0), into: buffer) } ?? 0
    }
}

/// Blocks and their elements, made by scripts/fixtures/dequantize.py.
private struct DequantizeFixture {
    let blocks: [UInt8]
    let expected: [Float]

    init(_ format: BlockFormat) throws {
        let url = try #require(
            Bundle.module.url(forResource: format.name, withExtension: "bin", subdirectory: "Fixtures/dequantize"))
        let bytes = [UInt8](try Data(contentsOf: url))
        let blockCount = bytes.withUnsafeBytes { Int(UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self))) }
        let end = 4 + blockCount * format.bytesPerBlock
        blocks = Array(bytes[4..<end])
        expected = bytes.withUnsafeBytes { memory in
            stride(from: end, to: memory.count, by: 4).map {
                Float(bitPattern: UInt32(littleEndian: memory.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
            }
        }
        try #require(expected.count == blockCount * format.elementsPerBlock)
    }
}
