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
