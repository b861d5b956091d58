/// The type of a metadata value; raw values are the numbers in the file.
public enum GGUFValueType: UInt32, Sendable, CaseIterable {
    case uint8 = 0, int8, uint16, int16, uint32, int32, float32, bool, string, array, uint64, int64, float64

    /// The size of a value of fixed length in bytes; nil for strings and arrays.
    var fixedSize: Int? {
        switch self {
        case .uint8, .int8, .bool: 1
        case .uint16, .int16: 2
        case .uint32, .int32, .float32: 4
        case .uint64, .int64, .float64: 8
        case .string, .array: nil
        }
    }

    /// Whether values are whole numbers, of any width.
    public var isInteger: Bool {
        switch self {
        case .uint8, .int8, .uint16, .int16, .uint32, .int32, .uint64, .int64: true
        case .float32, .float64, .bool, .string, .array: false
        }
    }

    /// The least number of bytes that a value of this type takes: an empty string is a length, an empty array a type and
    /// a count.
    var minimumSize: Int {
        switch self {
        case .string: 8
        case .array: 12
        default: fixedSize ?? 1
        }
    }
}

/// One metadata value of a GGUF file.
public enum GGUFValue: Sendable, Equatable {
    case uint8(UInt8)
    case int8(Int8)
    case uint16(UInt16)
    case int16(Int16)
    case uint32(UInt32)
    case int32(Int32)
    case float32(Float)
    case bool(Bool)
    case string(String)
    case array(GGUFArray)
    case uint64(UInt64)
    case int64(Int64)
    case float64(Double)

    /// The type under which the value stands in the file.
    public var type: GGUFValueType {
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
        case .array: .array
        case .uint64: .uint64
        case .int64: .int64
        case .float64: .float64
        }
    }

    /// The type in words, with the element type for arrays, for error messages.
    var typeName: String {
        if case .array(let array) = self { return "array of \(array.elementType)" }
        return "\(type)"
    }

    /// The value as an integer, if it is one and fits.
    func integer<T: FixedWidthInteger>(as type: T.Type) -> T? {
        switch self {
        case .uint8(let value): T(exactly: value)
        case .int8(let value): T(exactly: value)
        case .uint16(let value): T(exactly: value)
        case .int16(let value): T(exactly: value)
        case .uint32(let value): T(exactly: value)
        case .int32(let value): T(exactly: value)
        case .uint64(let value): T(exactly: value)
        case .int64(let value): T(exactly: value)
        case .float32, .float64, .bool, .string, .array: nil
        }
    }

    /// The value as a float, if it is a floating-point number.
    var float: Float? {
        switch self {
        case .float32(let value): value
        case .float64(let value): Float(value)
        default: nil
        }
    }
}

extension GGUFValue {
    /// Decodes a value of fixed length whose bytes have been checked to be there; nil for strings and arrays.
    init?(_ type: GGUFValueType, at offset: Int, of bytes: UnsafeRawBufferPointer) {
        func load<T: FixedWidthInteger>(_: T.Type) -> T {
            T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
        }
        switch type {
        case .uint8: self = .uint8(load(UInt8.self))
        case .int8: self = .int8(load(Int8.self))
        case .uint16: self = .uint16(load(UInt16.self))
        case .int16: self = .int16(load(Int16.self))
        case .uint32: self = .uint32(load(UInt32.self))
        case .int32: self = .int32(load(Int32.self))
        case .float32: self = .float32(Float(bitPattern: load(UInt32.self)))
        case .bool: self = .bool(load(UInt8.self) != 0)
        case .uint64: self = .uint64(load(UInt64.self))
        case .int64: self = .int64(load(Int64.self))
        case .float64: self = .float64(Double(bitPattern: load(UInt64.self)))
        case .string, .array: return nil
        }
    }
}
