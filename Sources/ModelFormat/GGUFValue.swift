import Files

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

/// An array among the metadata of a GGUF file. Its elements stay in the mapped file and are decoded when asked for.
public struct GGUFArray: Sendable, Equatable {
    enum Contents: Sendable {
        /// Elements of fixed length, one after the other.
        case fixed(size: Int, range: Range<Int>)
        case strings(GGUFStrings)
        case arrays([GGUFArray])
    }

    /// The type that all elements have.
    public let elementType: GGUFValueType
    private let contents: Contents
    private let file: FileBytes

    init(elementType: GGUFValueType, contents: Contents, file: FileBytes) {
        self.elementType = elementType
        self.contents = contents
        self.file = file
    }

    /// The number of elements.
    public var count: Int {
        switch contents {
        case .fixed(let size, let range): range.count / size
        case .strings(let strings): strings.count
        case .arrays(let arrays): arrays.count
        }
    }

    /// The element at an index in `0..<count`.
    public subscript(index: Int) -> GGUFValue {
        switch contents {
        case .fixed(let size, let range):
            precondition(index >= 0 && index < range.count / size, "index out of range")
            // Never nil: strings and arrays are not stored as `fixed`.
            return GGUFValue(elementType, at: range.lowerBound + index * size, of: file.buffer) ?? .uint8(0)
        case .strings(let strings): return .string(strings[index])
        case .arrays(let arrays): return .array(arrays[index])
        }
    }

    /// The elements, if they are strings.
    public var strings: GGUFStrings? {
        if case .strings(let strings) = contents { strings } else { nil }
    }

    /// The elements, if they are arrays.
    public var arrays: [GGUFArray]? {
        if case .arrays(let arrays) = contents { arrays } else { nil }
    }

    /// The elements, if they are truth values.
    public var bools: [Bool]? {
        elementType == .bool ? load(UInt8.self) { $0 != 0 } : nil
    }

    /// The elements as integers of the type asked for; nil if they are no integers or one does not fit.
    public func integers<T: FixedWidthInteger>(as type: T.Type = Int.self) -> [T]? {
        switch elementType {
        case .uint8: load(UInt8.self, T.init(exactly:))
        case .int8: load(Int8.self, T.init(exactly:))
        case .uint16: load(UInt16.self, T.init(exactly:))
        case .int16: load(Int16.self, T.init(exactly:))
        case .uint32: load(UInt32.self, T.init(exactly:))
        case .int32: load(Int32.self, T.init(exactly:))
        case .uint64: load(UInt64.self, T.init(exactly:))
        case .int64: load(Int64.self, T.init(exactly:))
        case .float32, .float64, .bool, .string, .array: nil
        }
    }

    /// The elements as floats, rounded if they are stored in double precision; nil if they are no floating-point numbers.
    public var floats: [Float]? {
        switch elementType {
        case .float32: load(UInt32.self) { Float(bitPattern: $0) }
        case .float64: load(UInt64.self) { Float(Double(bitPattern: $0)) }
        default: nil
        }
    }

    /// Converts every element, stored as `Stored`; nil as soon as one conversion is.
    private func load<Stored: FixedWidthInteger, Element>(
        _: Stored.Type, _ convert: (Stored) -> Element?
    ) -> [Element]? {
        guard case .fixed(let size, let range) = contents, size == MemoryLayout<Stored>.size else { return nil }
        var elements: [Element] = []
        elements.reserveCapacity(range.count / size)
        for offset in stride(from: range.lowerBound, to: range.upperBound, by: size) {
            let stored = Stored(littleEndian: file.buffer.loadUnaligned(fromByteOffset: offset, as: Stored.self))
            guard let element = convert(stored) else { return nil }
            elements.append(element)
        }
        return elements
    }

    /// Whether both hold equal elements of the same type in the same order.
    public static func == (left: Self, right: Self) -> Bool {
        left.elementType == right.elementType && left.count == right.count
            && (0..<left.count).allSatisfy { left[$0] == right[$0] }
    }
}
