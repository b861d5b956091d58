import ModelFormat
import TestSupport
import Testing

/// Sweeps over damaged copies of a valid file. Each copy ends at a page that must not be touched, and is read in full if it
/// opens: a wrong check would end the process.
@Suite struct DamageTests {
    private let bytes = SampleFile.bytes
    private let memory: GuardedMemory

    init() throws {
        memory = try #require(GuardedMemory(capacity: SampleFile.bytes.count))
    }

    /// Whether the copy opens; if so, everything in it is read.
    private func opens(_ copy: ArraySlice<UInt8>) -> Bool {
        do throws(GGUFError) {
            let file = try GGUFFile(memory.file(copy))
            for entry in file.metadata.entries { visit(entry.value) }
            for tensor in file.tensors.values { _ = file.floats(of: tensor).count }
            return true
        } catch {
            return error.description.isEmpty
        }
    }

    private func visit(_ value: GGUFValue) {
        guard case .array(let array) = value else { return }
        for index in 0..<array.count { visit(array[index]) }
    }

    @Test func theSampleItselfOpens() {
        #expect(opens(bytes[...]))
        #expect(SampleFile.headerSize > 1_000)
    }

    @Test func aFileCutAnywhereIsRefused() {
        // The last 24 bytes only pad the last tensor.
        let opened = (0..<(bytes.count - 24)).filter { opens(bytes[..<$0]) }
        #expect(opened.isEmpty)
    }

    @Test func everyByteOfTheHeaderMayBeWrong() {
        var refused = 0
        for offset in 0..<SampleFile.headerSize {
            let byte = bytes[offset]
            for wrong in [0, 0xFF, 0x7F, byte ^ 1, byte ^ 0x80, byte &+ 1, byte &- 1] where wrong != byte {
                if !opens(bytes.replacing(at: offset, with: wrong)[...]) { refused += 1 }
            }
        }
        #expect(refused > 1_000)
    }

    @Test func anyFieldMayBeExtreme() {
        var refused = 0
        for offset in 0..<(SampleFile.headerSize - 8) {
            for wrong in [UInt64.max, 1 << 63, UInt64(Int64.max), UInt64(bytes.count), UInt64(UInt32.max)] {
                if !opens(bytes.replacing(at: offset, with: wrong)[...]) { refused += 1 }
            }
        }
        #expect(refused > 1_000)
    }

    @Test func manyBytesMayBeWrong() {
        var generator = SeededGenerator(seed: 11)
        var refused = 0
        for _ in 0..<3_000 {
            var copy = bytes
            for _ in 0..<Int.random(in: 2...8, using: &generator) {
                copy[Int.random(in: 8..<SampleFile.headerSize, using: &generator)] = generator.bytes(1)[0]
            }
            let end = Bool.random(using: &generator) ? copy.count : Int.random(in: 24..<copy.count, using: &generator)
            if !opens(copy[..<end]) { refused += 1 }
        }
        #expect(refused > 1_000)
    }
}
