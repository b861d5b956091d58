import Documents

/// Bytes in memory, as a stream that gives a few at a time.
package struct PiecewiseStream: ByteStream {
    private var rest: ArraySlice<UInt8>
    private let size: Int

    package init(_ bytes: [UInt8], size: Int) {
        rest = bytes[...]
        self.size = size
    }

    package mutating func next() throws(DocumentError) -> [UInt8]? {
        guard !rest.isEmpty else { return nil }
        defer { rest = rest.dropFirst(size) }
        return Array(rest.prefix(size))
    }
}
