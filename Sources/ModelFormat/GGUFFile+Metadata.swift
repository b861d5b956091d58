/// Metadata by key, in the type that the caller needs. Each accessor throws `missingKey`, `wrongType` or `outOfRange` with
/// the key; the `optional` variants give nil for a missing key and throw for one of another type.
extension GGUFFile {
    /// A text.
    public func string(_ key: String) throws(GGUFError) -> String {
        try required(key, optionalString(key))
    }

    /// A text, if the key is there.
    public func optionalString(_ key: String) throws(GGUFError) -> String? {
        try value(key, expected: "string") { if case .string(let text) = $0 { text } else { nil } }
    }

    /// A whole number that is stored in any integer type and fits the one asked for.
    public func integer<T: FixedWidthInteger>(_ key: String, as type: T.Type = Int.self) throws(GGUFError) -> T {
        try required(key, optionalInteger(key, as: type))
    }

    /// A whole number, if the key is there.
    public func optionalInteger<T: FixedWidthInteger>(
        _ key: String, as type: T.Type = Int.self
    ) throws(GGUFError) -> T? {
        guard let entry = metadata.entry(key) else { return nil }
        if let integer = entry.value.integer(as: type) { return integer }
        throw entry.value.type.isInteger
            ? .outOfRange(key: key, expected: "\(T.self)", offset: entry.offset)
            : .wrongType(key: key, expected: "integer", found: entry.value.typeName, offset: entry.offset)
    }

    /// A floating-point number; one in double precision is rounded.
    public func float(_ key: String) throws(GGUFError) -> Float {
        try required(key, optionalFloat(key))
    }

    /// A floating-point number, if the key is there.
    public func optionalFloat(_ key: String) throws(GGUFError) -> Float? {
        try value(key, expected: "floating-point number") { $0.float }
    }

    /// A truth value.
    public func bool(_ key: String) throws(GGUFError) -> Bool {
        try required(key, optionalBool(key))
    }

    /// A truth value, if the key is there.
    public func optionalBool(_ key: String) throws(GGUFError) -> Bool? {
        try value(key, expected: "bool") { if case .bool(let flag) = $0 { flag } else { nil } }
    }

    /// An array of texts; use `Array(_:)` for Swift strings, or its elements' bytes in place.
    public func strings(_ key: String) throws(GGUFError) -> GGUFStrings {
        try required(key, optionalStrings(key))
    }

    /// An array of texts, if the key is there.
    public func optionalStrings(_ key: String) throws(GGUFError) -> GGUFStrings? {
        try value(key, expected: "array of string") { if case .array(let array) = $0 { array.strings } else { nil } }
    }

    /// An array of whole numbers, stored in any integer type, that all fit the one asked for.
    public func integers<T: FixedWidthInteger>(_ key: String, as type: T.Type = Int.self) throws(GGUFError) -> [T] {
        try required(key, optionalIntegers(key, as: type))
    }

    /// An array of whole numbers, if the key is there.
    public func optionalIntegers<T: FixedWidthInteger>(
        _ key: String, as type: T.Type = Int.self
    ) throws(GGUFError) -> [T]? {
        guard let entry = metadata.entry(key) else { return nil }
        guard case .array(let array) = entry.value, array.elementType.isInteger else {
            throw .wrongType(key: key, expected: "array of integer", found: entry.value.typeName, offset: entry.offset)
        }
        guard let integers = array.integers(as: type) else {
            throw .outOfRange(key: key, expected: "array of \(T.self)", offset: entry.offset)
        }
        return integers
    }

    /// An array of floating-point numbers; those in double precision are rounded.
    public func floats(_ key: String) throws(GGUFError) -> [Float] {
        try required(key, optionalFloats(key))
    }

    /// An array of floating-point numbers, if the key is there.
    public func optionalFloats(_ key: String) throws(GGUFError) -> [Float]? {
        try value(key, expected: "array of floating-point number") {
            if case .array(let array) = $0 { array.floats } else { nil }
        }
    }

    private func value<T>(_ key: String, expected: String, _ convert: (GGUFValue) -> T?) throws(GGUFError) -> T? {
        guard let entry = metadata.entry(key) else { return nil }
        guard let converted = convert(entry.value) else {
            throw .wrongType(key: key, expected: expected, found: entry.value.typeName, offset: entry.offset)
        }
        return converted
    }

    private func required<T>(_ key: String, _ value: T?) throws(GGUFError) -> T {
        guard let value else { throw .missingKey(key) }
        return value
    }
}
