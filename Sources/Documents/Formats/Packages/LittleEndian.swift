/// Reads numbers from the bytes of a file. What is not there is nil, so that nobody computes with it.
struct LittleEndian {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    func number(at offset: Int, _ width: Int) -> UInt64? {
        guard offset >= 0, width <= 8, offset <= bytes.count - width else { return nil }
        let start = bytes.startIndex + offset
        return bytes[start..<start + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A size or an offset; nil where it is not there, or greater than any file.
    func count(at offset: Int, _ width: Int) -> Int? {
        number(at: offset, width).flatMap { $0 < 1 << 56 ? Int($0) : nil }
    }
}
