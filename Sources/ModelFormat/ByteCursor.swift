/// Reads little-endian fields from the bytes of a file, front to back; every read is checked against the end.
///
/// `field` names what is being read, for the error; it is built only when an error is thrown.
struct ByteCursor {
    let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var remaining: Int { bytes.count - offset }

    mutating func read<T: FixedWidthInteger>(
        _ type: T.Type = T.self, field: @autoclosure () -> String
    ) throws(GGUFError) -> T {
        let start = try skip(UInt64(MemoryLayout<T>.size), field: field())
        return T(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: T.self))
    }

    /// Steps over bytes that must be there; returns where they begin.
    @discardableResult
    mutating func skip(_ count: UInt64, field: @autoclosure () -> String) throws(GGUFError) -> Int {
        guard let step = Int(exactly: count), step <= remaining else {
            throw .truncated(field: field(), offset: offset, needed: count, available: remaining)
        }
        defer { offset += step }
        return offset
    }

    /// Reads the number of things that follow, each at least `minimumSize` bytes long. A count that the rest of the file
    /// cannot hold is refused before anything is reserved for it.
    mutating func readCount(
        minimumSize: Int, field: @autoclosure () -> String
    ) throws(GGUFError) -> Int {
        let start = offset
        let count = try read(UInt64.self, field: field())
        guard count <= UInt64(remaining / minimumSize) else {
            throw .malformed(
                field: field(), offset: start,
                reason: "\(count) entries cannot stand in the remaining \(remaining) bytes")
        }
        return Int(count)
    }

    /// Steps over a string (64-bit length, then UTF-8 without a terminator) after checking it; returns where its bytes are.
    mutating func skipString(field: @autoclosure () -> String) throws(GGUFError) -> Range<Int> {
        let length = try read(UInt64.self, field: "length of " + field())
        let start = try skip(length, field: field())
        guard isValidUTF8(UnsafeRawBufferPointer(rebasing: bytes[start..<offset])) else {
            throw .malformed(field: field(), offset: start, reason: "the text is not valid UTF-8")
        }
        return start..<offset
    }

    mutating func readString(field: @autoclosure () -> String) throws(GGUFError) -> String {
        let range = try skipString(field: field())
        return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
}
