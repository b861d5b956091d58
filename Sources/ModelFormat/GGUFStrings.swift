import Files

/// An array of strings of a GGUF file, such as a vocabulary: a table of positions in the mapped file. A string is made
/// only when its element is asked for.
public struct GGUFStrings: RandomAccessCollection, Sendable, Equatable {
    private let file: FileBytes
    /// Where the bytes of each string begin, and one entry more: 8 bytes behind the end of the last. The strings follow one
    /// another, each after its 64-bit length; so lengths need not be read again from a file that might have changed.
    private let starts: ContiguousArray<Int>

    static let lengthSize = 8

    init(file: FileBytes, starts: ContiguousArray<Int>) {
        self.file = file
        self.starts = starts
    }

    /// Zero.
    public var startIndex: Int { 0 }

    /// The number of strings.
    public var endIndex: Int { starts.count - 1 }

    /// The string at an index in `0..<count`.
    public subscript(position: Int) -> String {
        withUTF8(at: position) { String(decoding: $0, as: UTF8.self) }
    }

    /// Calls `body` with the UTF-8 bytes of one string, without copying them.
    public func withUTF8<Result>(
        at position: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        let range = starts[position]..<(starts[position + 1] - Self.lengthSize)
        return try body(UnsafeRawBufferPointer(rebasing: file.buffer[range]))
    }

    /// Whether both hold the same strings in the same order.
    public static func == (left: Self, right: Self) -> Bool {
        left.elementsEqual(right)
    }
}
