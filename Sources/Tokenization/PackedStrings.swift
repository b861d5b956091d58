/// Many short strings in one block of UTF-8, such as a vocabulary: no allocation for each of them.
public struct PackedStrings: RandomAccessCollection, Sendable, Hashable, ExpressibleByArrayLiteral {
    private var utf8: [UInt8] = []
    /// Where each string ends; it begins where the one before ends.
    private var ends: [Int] = []

    /// No strings.
    public init() {}

    /// The given strings, in order.
    public init(_ strings: some Sequence<String>) {
        for var string in strings { string.withUTF8 { append(utf8: UnsafeRawBufferPointer($0)) } }
    }

    /// The given strings, in order.
    public init(arrayLiteral elements: String...) {
        self.init(elements)
    }

    /// Makes room for strings to come.
    public mutating func reserveCapacity(strings: Int, bytes: Int) {
        ends.reserveCapacity(strings)
        utf8.reserveCapacity(bytes)
    }

    /// Adds a string by its UTF-8 bytes.
    public mutating func append(utf8 bytes: UnsafeRawBufferPointer) {
        utf8.append(contentsOf: bytes)
        ends.append(utf8.count)
    }

    /// Zero.
    public var startIndex: Int { 0 }

    /// The number of strings.
    public var endIndex: Int { ends.count }

    /// The string at an index in `0..<count`.
    public subscript(position: Int) -> String {
        String(decoding: utf8[byteRange(position)], as: UTF8.self)
    }

    /// The bytes of all strings, one after another.
    var bytes: [UInt8] { utf8 }

    /// Where the bytes of one string stand in `bytes`.
    func byteRange(_ position: Int) -> Range<Int> {
        (position == 0 ? 0 : ends[position - 1])..<ends[position]
    }
}
