import Foundation
import ModelFormat
import Tensors

/// Writes GGUF files, valid ones and on request wrong ones, for tests.
package struct GGUFWriter {
    /// A metadata value. The last three are short for arrays.
    package indirect enum Value {
        case uint8(UInt8), int8(Int8), uint16(UInt16), int16(Int16), uint32(UInt32), int32(Int32)
        case float32(Float), bool(Bool), string(String)
        case array(GGUFValueType, [Value])
        case uint64(UInt64), int64(Int64), float64(Double)
        case strings([String]), int32s([Int32]), float32s([Float])
    }

    private struct Tensor {
        let name: String
        let shape: [Int]
        let typeNumber: UInt32
        let bytes: [UInt8]
    }

    package var version: UInt32
    /// Written as `general.alignment` if it is not the default of 32.
    package var alignment: Int
    private var pairs: [(key: String, value: Value)] = []
    private var tensors: [Tensor] = []

    package init(version: UInt32 = 3, alignment: Int = 32) {
        self.version = version
        self.alignment = alignment
    }

    /// Sets a metadata value: replaces that of an equal key, or adds a pair.
    package mutating func set(_ key: String, _ value: Value) {
        if let index = pairs.firstIndex(where: { $0.key == key }) {
            pairs[index].value = value
        } else {
            append(key, value)
        }
    }

    /// Adds a pair, even if the key is there already.
    package mutating func append(_ key: String, _ value: Value) {
        pairs.append((key, value))
    }

    /// Adds a tensor from its stored bytes. `shape` is in GGML's order: adjacent elements first.
    package mutating func addTensor(_ name: String, shape: [Int], format: BlockFormat, bytes: [UInt8]) {
        addTensor(name, shape: shape, typeNumber: format.rawValue, bytes: bytes)
    }

    /// Adds a tensor of any type number.
    package mutating func addTensor(_ name: String, shape: [Int], typeNumber: UInt32, bytes: [UInt8]) {
        tensors.append(Tensor(name: name, shape: shape, typeNumber: typeNumber, bytes: bytes))
    }

    /// Adds a tensor of floats, stored as F32, F16 or BF16.
    package mutating func addTensor(_ name: String, shape: [Int], floats: [Float], format: BlockFormat = .f32) {
        var bytes: [UInt8] = []
        for value in floats {
            switch format {
            case .f32: bytes.append(littleEndian: value.bitPattern)
            case .f16: bytes.append(littleEndian: halfBits(value))
            case .bf16: bytes.append(littleEndian: bfloat16Bits(value))
            default: preconditionFailure("floats are stored as F32, F16 or BF16; give bytes for \(format.name)")
            }
        }
        addTensor(name, shape: shape, format: format, bytes: bytes)
    }

    /// The whole file.
    package func bytes() -> [UInt8] {
        var pairs = pairs
        if alignment != 32 { pairs.append(("general.alignment", .uint32(UInt32(alignment)))) }
        var file = Array("GGUF".utf8)
        file.append(littleEndian: version)
        file.append(littleEndian: UInt64(tensors.count))
        file.append(littleEndian: UInt64(pairs.count))
        for pair in pairs {
            Self.append(pair.key, to: &file)
            file.append(littleEndian: pair.value.type.rawValue)
            Self.append(pair.value, to: &file)
        }
        var data: [UInt8] = []
        for tensor in tensors {
            Self.append(tensor.name, to: &file)
            file.append(littleEndian: UInt32(tensor.shape.count))
            for length in tensor.shape { file.append(littleEndian: UInt64(length)) }
            file.append(littleEndian: tensor.typeNumber)
            file.append(littleEndian: UInt64(data.count))
            data += tensor.bytes
            pad(&data)
        }
        if !tensors.isEmpty { pad(&file) }
        return file + data
    }

    /// Writes the file.
    package func write(to path: String) throws {
        try Data(bytes()).write(to: URL(fileURLWithPath: path))
    }

    private func pad(_ bytes: inout [UInt8]) {
        bytes += [UInt8](repeating: 0, count: (alignment - bytes.count % alignment) % alignment)
    }

    private static func append(_ text: String, to file: inout [UInt8]) {
        file.append(littleEndian: UInt64(text.utf8.count))
        file += Array(text.utf8)
    }

    private static func append(_ value: Value, to file: inout [UInt8]) {
        switch value {
        case .uint8(let value): file.append(value)
        case .int8(let value): file.append(littleEndian: value)
        case .uint16(let value): file.append(littleEndian: value)
        case .int16(let value): file.append(littleEndian: value)
        case .uint32(let value): file.append(littleEndian: value)
        case .int32(let value): file.append(littleEndian: value)
        case .float32(let value): file.append(littleEndian: value.bitPattern)
        case .bool(let value): file.append(value ? 1 : 0)
        case .string(let value): append(value, to: &file)
        case .uint64(let value): file.append(littleEndian: value)
        case .int64(let value): file.append(littleEndian: value)
        case .float64(let value): file.append(littleEndian: value.bitPattern)
        case .array(let type, let values): appendArray(type, values, to: &file)
        case .strings(let values): appendArray(.string, values.map(Value.string), to: &file)
        case .int32s(let values): appendArray(.int32, values.map(Value.int32), to: &file)
        case .float32s(let values): appendArray(.float32, values.map(Value.float32), to: &file)
        }
    }

    private static func appendArray(_ type: GGUFValueType, _ values: [Value], to file: inout [UInt8]) {
        file.append(littleEndian: type.rawValue)
        file.append(littleEndian: UInt64(values.count))
        for value in values { append(value, to: &file) }
    }
}

extension GGUFWriter.Value {
    /// The type under which the value stands in the file.
    package var type: GGUFValueType {
        switch self {
        case .uint8: .uint8
        case .int8: .int8
        case .uint16: .uint16
        case .int16: .int16
        case .uint32: .uint32
        case .int32: .int32
        case .float32: .float32
        case .bool: .bool
        case .string: .string
        case .uint64: .uint64
        case .int64: .int64
        case .float64: .float64
        case .array, .strings, .int32s, .float32s: .array
        }
    }
}
