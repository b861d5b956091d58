import Foundation
import ModelFormat
import TestSupport
import Testing

/// Files in which one field is wrong: the error names it and where it stands.
@Suite struct HostileFileTests {
    private let bytes = SampleFile.bytes

    private func expectRefusal(
        _ bytes: [UInt8], naming field: String, at offset: Int, because reason: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let text = refusal(of: bytes)?.description ?? "it opened"
        #expect(text.contains("\(field) at byte \(offset):"), sourceLocation: sourceLocation)
        #expect(text.contains(reason), sourceLocation: sourceLocation)
    }

    @Test func countsAreBoundedByTheFile() {
        expectRefusal(
            bytes.replacing(at: 8, with: UInt64.max), naming: "tensor count", at: 8, because: "cannot stand")
        expectRefusal(
            bytes.replacing(at: 16, with: UInt64(1) << 40), naming: "metadata count", at: 16, because: "cannot stand")
        expectRefusal(
            bytes.replacing(at: 16, with: Int64.min), naming: "metadata count", at: 16, because: "cannot stand")
    }

    @Test func stringLengthsAreBoundedByTheFile() throws {
        let value = try #require(bytes.position(of: "Grüße")) - 8
        expectRefusal(
            bytes.replacing(at: value, with: UInt64.max), naming: "metadata key \"string\"", at: value + 8,
            because: "18446744073709551615 bytes are needed")
        expectRefusal(
            bytes.replacing(at: 24, with: UInt64(1) << 62), naming: "metadata key 0", at: 32, because: "are needed")
    }

    @Test func elementCountsAreBoundedByTheFile() throws {
        for key in ["int32s", "strings", "nested"] {
            let type = try #require(bytes.end(ofKey: key)) + 4
            for count in [UInt64.max, 1 << 61, 1 << 40, 100_000] {
                expectRefusal(
                    bytes.replacing(at: type + 4, with: count), naming: "element count of metadata key \"\(key)\"",
                    at: type + 4, because: "cannot stand")
            }
        }
    }

    @Test func typesAreChecked() throws {
        let type = try #require(bytes.end(ofKey: "uint8"))
        expectRefusal(
            bytes.replacing(at: type, with: UInt32(13)), naming: "type of metadata key \"uint8\"", at: type,
            because: "no value type 13")
        let element = try #require(bytes.end(ofKey: "int32s")) + 4
        expectRefusal(
            bytes.replacing(at: element, with: UInt32.max), naming: "type of elements of metadata key \"int32s\"",
            at: element, because: "no value type")
    }

    @Test func textMustBeUTF8() throws {
        let value = try #require(bytes.position(of: "Grüße"))
        expectRefusal(
            bytes.replacing(at: value + 2, with: UInt8(0xFF)), naming: "metadata key \"string\"", at: value,
            because: "UTF-8")
        let element = try #require(bytes.position(of: "Ġthe"))
        expectRefusal(
            bytes.replacing(at: element + 1, with: UInt8(0x20)), naming: "metadata key \"strings\"[2]", at: element,
            because: "UTF-8")
        expectRefusal(
            bytes.replacing(at: 32, with: UInt8(0x80)), naming: "metadata key 0", at: 32, because: "UTF-8")
    }

    @Test func truthValuesAreZeroOrOne() throws {
        let value = try #require(bytes.end(ofKey: "bool")) + 4
        expectRefusal(
            bytes.replacing(at: value, with: UInt8(2)), naming: "metadata key \"bool\"", at: value, because: "0 or 1")
        let element = try #require(bytes.end(ofKey: "bools")) + 16 + 1
        expectRefusal(
            bytes.replacing(at: element, with: UInt8(7)), naming: "metadata key \"bools\"", at: element,
            because: "0 or 1")
    }

    @Test func namesStandOnce() throws {
        var writer = GGUFWriter()
        writer.append("a.key", .bool(true))
        writer.append("a.key", .bool(false))
        #expect(refusal(of: writer) == .duplicate(field: "metadata key \"a.key\"", offset: 24 + 8 + 5 + 4 + 1))
        writer = GGUFWriter()
        writer.addTensor("twice", shape: [1], floats: [1])
        writer.addTensor("twice", shape: [1], floats: [2])
        #expect(refusal(of: writer) == .duplicate(field: "tensor \"twice\"", offset: 24 + 8 + 5 + 4 + 8 + 4 + 8))
    }

    @Test func namesAreNotEmpty() {
        var writer = GGUFWriter()
        writer.append("", .uint64(1))
        #expect(refusal(of: writer)?.description.contains("metadata key 0 at byte 24: the key is empty") == true)
        writer = GGUFWriter()
        writer.addTensor("", shape: [1], floats: [1])
        #expect(refusal(of: writer)?.description.contains("tensor name 0 at byte 24: the name is empty") == true)
    }

    @Test func namesInMessagesAreOneShortLine() throws {
        var writer = GGUFWriter()
        let name = "line\nbreak \u{1B}[31m" + String(repeating: "x", count: 100_000)
        writer.append(name, .bool(true))
        writer.append(name, .bool(true))
        let text = try #require(refusal(of: writer)).description
        #expect(text.utf8.count < 400)
        #expect(text.contains("line\\nbreak"))
        #expect(!text.unicodeScalars.contains { $0.value < 32 })
    }

    @Test func arraysDoNotNestWithoutEnd() {
        func nest(_ depth: Int) -> GGUFWriter.Value {
            (1..<depth).reduce(.array(.bool, [])) { inner, _ in .array(.array, [inner]) }
        }
        var writer = GGUFWriter()
        writer.set("deep", nest(8))
        #expect(refusal(of: writer) == nil)
        writer.set("deep", nest(9))
        #expect(refusal(of: writer)?.description.contains("nested more than 8 deep") == true)
        writer.set("deep", nest(2_000))
        #expect(refusal(of: writer)?.description.contains("nested more than 8 deep") == true)
    }

    @Test func alignmentsAreChecked() throws {
        for alignment in [UInt32(0), 1, 4, 24, 33, .max] {
            var writer = SampleFile.writer
            writer.set("general.alignment", .uint32(alignment))
            let text = try #require(refusal(of: writer)).description
            #expect(text.contains("metadata key \"general.alignment\" at byte"))
        }
        var writer = SampleFile.writer
        writer.set("general.alignment", .string("32"))
        #expect(refusal(of: writer) != nil)
        writer.set("general.alignment", .uint32(1 << 31))
        #expect(refusal(of: writer) != nil)
    }

    @Test func tensorShapesAreChecked() throws {
        let name = try #require(bytes.position(of: "matrix"))
        let dimensions = name + 6
        for count in [UInt32(0), 5, .max] {
            expectRefusal(
                bytes.replacing(at: dimensions, with: count), naming: "number of dimensions of tensor \"matrix\"",
                at: dimensions, because: "not between 1 and 4")
        }
        let first = dimensions + 4
        for length in [UInt64(0), .max, 1 << 63] {
            expectRefusal(
                bytes.replacing(at: first, with: length), naming: "dimension 0 of tensor \"matrix\"", at: first,
                because: "not a possible length")
        }
        // 2^33 * 2^33 wraps to 4 in 64 bits.
        let product = bytes.replacing(at: first, with: UInt64(1) << 33).replacing(at: first + 8, with: UInt64(1) << 33)
        expectRefusal(product, naming: "dimension 1 of tensor \"matrix\"", at: first + 8, because: "product")
        // 2^62 elements are a possible product, whose bytes as floats are not.
        let vector = try #require(bytes.position(of: "vector"))
        expectRefusal(
            bytes.replacing(at: vector + 10, with: UInt64(1) << 62), naming: "dimensions of tensor \"vector\"",
            at: vector - 8, because: "too many bytes")
        expectRefusal(
            bytes.replacing(at: first, with: UInt64(48)), naming: "dimensions of tensor \"matrix\"", at: name - 8,
            because: "whole blocks of 32")
    }

    @Test func tensorDataLieInTheFile() throws {
        let offset = try #require(bytes.position(of: "matrix")) + 6 + 4 + 16 + 4
        expectRefusal(
            bytes.replacing(at: offset, with: UInt64(16)), naming: "data offset of tensor \"matrix\"", at: offset,
            because: "not a multiple of the alignment 32")
        for beyond: UInt64 in [1 << 20, UInt64.max - 31, (1 << 63) - 32] {
            expectRefusal(
                bytes.replacing(at: offset, with: beyond), naming: "data offset of tensor \"matrix\"", at: offset,
                because: "beyond the end")
        }
        let error = refusal(of: Array(bytes.dropLast(25)))
        guard case .truncated(let field, let position, 8, 7) = error else {
            Issue.record("the last tensor is cut: \(String(describing: error))")
            return
        }
        #expect(field == "data of tensor \"halves\"")
        #expect(position == bytes.count - 32)
    }

    /// A file may be much larger than what stands in it: zeros that take no space on disk are empty strings.
    @Test func aSparseFileDoesNotFillTheMemory() throws {
        var writer = GGUFWriter()
        writer.set("tokens", .array(.string, []))
        let header = writer.bytes()
        let sparse = try TemporaryFile(header.replacing(at: header.count - 8, with: UInt64(1) << 31))
        try #require(truncate(sparse.path, 1 << 36) == 0)
        let error = #expect(throws: GGUFError.self) { try GGUFFile(path: sparse.path) }
        #expect(error?.description.contains("too many strings") == true)
    }
}
