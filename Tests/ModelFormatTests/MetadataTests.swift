import ModelFormat
import TestSupport
import Testing

@Suite struct MetadataTests {
    private let file: GGUFFile

    init() throws {
        file = try GGUFFile(SampleFile.writer)
    }

    @Test func everyValueTypeIsRead() {
        let metadata = file.metadata
        #expect(metadata["uint8"] == .uint8(200))
        #expect(metadata["int8"] == .int8(-100))
        #expect(metadata["uint16"] == .uint16(60_000))
        #expect(metadata["int16"] == .int16(-30_000))
        #expect(metadata["uint32"] == .uint32(4_000_000_000))
        #expect(metadata["int32"] == .int32(-2_000_000_000))
        #expect(metadata["float32"] == .float32(0.1))
        #expect(metadata["bool"] == .bool(true))
        #expect(metadata["string"] == .string("Grüße, 世界 🌍"))
        #expect(metadata["uint64"] == .uint64(UInt64.max))
        #expect(metadata["int64"] == .int64(Int64.min))
        #expect(metadata["float64"] == .float64(1e300))
        #expect(metadata["absent"] == nil)
        let types = Set(metadata.entries.map(\.value.type))
        #expect(types == Set(GGUFValueType.allCases))
    }

    @Test func keysKeepTheFilesOrder() {
        #expect(file.metadata.keys.prefix(3) == ["general.architecture", "uint8", "int8"])
        #expect(file.metadata.keys.last == "nested")
    }

    @Test func everyArrayTypeIsRead() throws {
        #expect(try file.integers("uint8s") == [1, 255])
        #expect(try file.integers("int8s", as: Int8.self) == [-1, 7])
        #expect(try file.integers("uint16s") == [1, 65_535])
        #expect(try file.integers("int16s") == [-1])
        #expect(try file.integers("uint32s") == [1, 4_294_967_295])
        #expect(try file.integers("int32s", as: Int32.self) == [3, -4, 5])
        #expect(try file.integers("uint64s") == [1])
        #expect(try file.integers("int64s") == [-1])
        #expect(try file.floats("float32s") == [0.5, -0.25])
        #expect(try file.floats("float64s") == [0.5])
        #expect(try Array(file.strings("strings")) == ["", "a", "Ġthe", "a string of more than fifteen bytes"])
        #expect(try file.strings("empty").isEmpty)
        guard case .array(let bools) = file.metadata["bools"] else {
            Issue.record("bools is no array")
            return
        }
        #expect(bools.bools == [false, true])
        #expect(bools[1] == .bool(true))
        #expect(bools.integers() == nil)
    }

    @Test func stringsGiveTheirBytesInPlace() throws {
        let strings = try file.strings("strings")
        #expect(strings.withUTF8(at: 2) { Array($0) } == Array("Ġthe".utf8))
        #expect(strings.withUTF8(at: 0) { $0.count } == 0)
        #expect(strings.reversed().first == "a string of more than fifteen bytes")
    }

    @Test func arraysNest() throws {
        guard case .array(let outer) = file.metadata["nested"], let arrays = outer.arrays else {
            Issue.record("nested is no array of arrays")
            return
        }
        #expect(arrays.map(\.elementType) == [.int32, .array])
        #expect(arrays[0].integers() == [1])
        #expect(arrays[1].arrays?.first?.strings.map(Array.init) == ["deep"])
        #expect(arrays[1].arrays?.last?.count == 0)
        #expect(outer[0] == .array(arrays[0]))
        #expect(outer[0] != outer[1])
    }

    @Test func accessorsConvertWhatFits() throws {
        #expect(try file.integer("uint8") == 200)
        #expect(try file.integer("uint32", as: UInt32.self) == 4_000_000_000)
        #expect(try file.integer("uint64", as: UInt64.self) == UInt64.max)
        #expect(try file.float("float32") == 0.1)
        #expect(try file.bool("bool"))
        #expect(try file.string("general.architecture") == "llama")
        #expect(try file.optionalInteger("absent") == nil)
        #expect(try file.optionalString("absent") == nil)
        #expect(try file.optionalFloat("absent") == nil)
        #expect(try file.optionalBool("absent") == nil)
        #expect(try file.optionalStrings("absent") == nil)
        #expect(try file.optionalFloats("absent") == nil)
        #expect(try file.optionalIntegers("absent") == nil)
    }

    @Test func accessorsNameTheKeyAndTheType() throws {
        #expect(throws: GGUFError.missingKey("absent")) { try file.string("absent") }
        #expect(throws: GGUFError.missingKey("absent")) { try file.integers("absent") }
        let position = try #require(SampleFile.bytes.end(ofKey: "string")) + 4
        #expect(throws: GGUFError.wrongType(key: "string", expected: "integer", found: "string", offset: position)) {
            try file.optionalInteger("string")
        }
        let array = try #require(SampleFile.bytes.end(ofKey: "float32s")) + 4
        let wrong = GGUFError.wrongType(
            key: "float32s", expected: "array of string", found: "array of float32", offset: array)
        #expect(throws: wrong) { try file.strings("float32s") }
        let number = try #require(SampleFile.bytes.end(ofKey: "uint64")) + 4
        let range = GGUFError.outOfRange(key: "uint64", expected: "Int", offset: number)
        #expect(throws: range) { try file.integer("uint64") }
        #expect(range.description.contains("\"uint64\" at byte \(number)"))
        #expect(throws: GGUFError.self) { try file.integers("uint16s", as: UInt8.self) }
        #expect(throws: GGUFError.self) { try file.float("uint8") }
        #expect(throws: GGUFError.self) { try file.bool("uint8") }
        #expect(throws: GGUFError.self) { try file.string("bool") }
        #expect(throws: GGUFError.self) { try file.floats("int32s") }
        #expect(throws: GGUFError.self) { try file.integers("float32s") }
    }

    @Test func bothVersionsAreRead() throws {
        var writer = SampleFile.writer
        #expect(try GGUFFile(writer).version == 3)
        writer.version = 2
        let second = try GGUFFile(writer)
        #expect(second.version == 2)
        #expect(second.metadata.entries.map(\.value) == file.metadata.entries.map(\.value))
    }
}
