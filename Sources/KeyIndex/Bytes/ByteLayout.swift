/// Writes little-endian fields one after another.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ value: Float) { write(value.bitPattern) }

    mutating func write(contentsOf other: some Sequence<UInt8>) { bytes.append(contentsOf: other) }

    /// A text: its length in bytes as 32 bits, then its UTF-8.
    mutating func write(_ text: String) { write(text: Array(text.utf8)) }

    /// Bytes that may be a text: their number as 32 bits, then they.
    mutating func write(text: [UInt8]) {
        write(UInt32(text.count))
        bytes.append(contentsOf: text)
    }

    /// Zeros up to the next multiple of `alignment`.
    mutating func pad(to alignment: Int) {
        bytes.append(contentsOf: repeatElement(0, count: (alignment - bytes.count % alignment) % alignment))
    }
}

/// Reads little-endian fields front to back. Every read is checked against the end.
struct ByteReader {
    /// The bytes end inside a field, or a field holds what no valid file has.
    struct Failure: Error {
        var reason: String
    }

    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Bytes that are left.
    var remaining: Int { bytes.count - offset }

    mutating func read<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws(Failure) -> Value {
        let start = try skip(MemoryLayout<Value>.size)
        return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: Value.self))
    }

    /// Reads a number that must fit into `Int` and be no more than `limit`.
    mutating func readCount<Value: FixedWidthInteger>(_ type: Value.Type, limit: Int) throws(Failure) -> Int {
        let value = try read(Value.self)
        guard let count = Int(exactly: value), (0...max(0, limit)).contains(count) else {
            throw Failure(reason: "a count of \(value) where at most \(limit) can stand")
        }
        return count
    }

    mutating func readText() throws(Failure) -> String {
        guard let text = String(validating: try readBytes(), as: UTF8.self) else {
            throw Failure(reason: "a name that is no UTF-8")
        }
        return text
    }

    /// Reads what ``ByteWriter/write(text:)`` wrote.
    mutating func readBytes() throws(Failure) -> [UInt8] {
        let start = try skip(try readCount(UInt32.self, limit: remaining))
        return Array(bytes[start..<offset])
    }

    /// Steps over bytes that must be there; returns where they begin.
    @discardableResult
    mutating func skip(_ count: Int) throws(Failure) -> Int {
        guard count >= 0, count <= remaining else { throw Failure(reason: "it ends inside a field") }
        defer { offset += count }
        return offset
    }
}
