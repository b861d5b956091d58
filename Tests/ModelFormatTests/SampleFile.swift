import Files
import ModelFormat
import Tensors
import TestSupport

/// A valid file that has every kind of value and several kinds of tensors, in about two kilobytes.
enum SampleFile {
    static let writer: GGUFWriter = {
        var writer = GGUFWriter()
        writer.set("general.architecture", .string("llama"))
        writer.set("uint8", .uint8(200))
        writer.set("int8", .int8(-100))
        writer.set("uint16", .uint16(60_000))
        writer.set("int16", .int16(-30_000))
        writer.set("uint32", .uint32(4_000_000_000))
        writer.set("int32", .int32(-2_000_000_000))
        writer.set("float32", .float32(0.1))
        writer.set("bool", .bool(true))
        writer.set("string", .string("Grüße, 世界 🌍"))
        writer.set("uint64", .uint64(UInt64.max))
        writer.set("int64", .int64(Int64.min))
        writer.set("float64", .float64(1e300))
        writer.set("uint8s", .array(.uint8, [.uint8(1), .uint8(255)]))
        writer.set("int8s", .array(.int8, [.int8(-1), .int8(7)]))
        writer.set("uint16s", .array(.uint16, [.uint16(1), .uint16(65_535)]))
        writer.set("int16s", .array(.int16, [.int16(-1)]))
        writer.set("uint32s", .array(.uint32, [.uint32(1), .uint32(UInt32.max)]))
        writer.set("int32s", .int32s([3, -4, 5]))
        writer.set("float32s", .float32s([0.5, -0.25]))
        writer.set("bools", .array(.bool, [.bool(false), .bool(true)]))
        writer.set("strings", .strings(["", "a", "Ġthe", "a string of more than fifteen bytes"]))
        writer.set("uint64s", .array(.uint64, [.uint64(1)]))
        writer.set("int64s", .array(.int64, [.int64(-1)]))
        writer.set("float64s", .array(.float64, [.float64(0.5)]))
        writer.set("empty", .array(.string, []))
        writer.set("nested", nested)
        writer.addTensor("matrix", shape: [32, 2], format: .q4_0, bytes: [UInt8](repeating: 0x3C, count: 36))
        writer.addTensor("vector", shape: [3], floats: [1, -2, 0.5])
        writer.addTensor("halves", shape: [2, 2], floats: [1, 2, 3, 4], format: .f16)
        return writer
    }()

    static let nested = GGUFWriter.Value.array(
        .array, [.int32s([1]), .array(.array, [.strings(["deep"]), .array(.bool, [])])])

    static let bytes = writer.bytes()

    /// Everything before the tensor data.
    static let headerSize = bytes.count - 3 * 32 - 32
}

extension GGUFFile {
    convenience init(_ writer: GGUFWriter) throws(GGUFError) {
        try self.init(FileBytes(copying: writer.bytes()))
    }
}

/// The error with which a file is refused; nil if it opens.
func refusal(of bytes: [UInt8]) -> GGUFError? {
    do throws(GGUFError) {
        _ = try GGUFFile(FileBytes(copying: bytes))
        return nil
    } catch {
        return error
    }
}

func refusal(of writer: GGUFWriter) -> GGUFError? {
    refusal(of: writer.bytes())
}

extension [UInt8] {
    /// Where these bytes first stand.
    func position(of pattern: [UInt8]) -> Int? {
        indices.first { self[$0...].starts(with: pattern) }
    }

    func position(of text: String) -> Int? {
        position(of: Array(text.utf8))
    }

    /// Where a metadata key ends and its type begins.
    func end(ofKey key: String) -> Int? {
        var pattern: [UInt8] = []
        pattern.append(littleEndian: UInt64(key.utf8.count))
        pattern += Array(key.utf8)
        return position(of: pattern).map { $0 + pattern.count }
    }

    /// A copy in which a little-endian integer stands at an offset.
    func replacing<T: FixedWidthInteger>(at offset: Int, with value: T) -> [UInt8] {
        var copy = self
        Swift.withUnsafeBytes(of: value.littleEndian) { copy.replaceSubrange(offset..<(offset + $0.count), with: $0) }
        return copy
    }
}
