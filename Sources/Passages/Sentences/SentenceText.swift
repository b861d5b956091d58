/// A stretch of UTF-8 as the rules of sentence boundaries look at it: scalar by scalar, each with its property.
///
/// The stretch may end inside a scalar, since long texts come in pieces; its bytes then count as one scalar of no
/// property.
package struct SentenceText {
    let bytes: ArraySlice<UInt8>

    package init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The end of the scalar that begins at `index`.
    package func end(of index: Int) -> Int {
        guard bytes[index] >= 0x80 else { return index + 1 }
        let length =
            switch bytes[index] {
            case 0xC0...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xFF: 4
            default: 1
            }
        return min(index + length, bytes.endIndex)
    }

    /// The start of the scalar that ends at `index`, which is not the stretch's start.
    func start(of index: Int) -> Int {
        var start = index - 1
        // A continuation byte is 10xxxxxx; a sequence has at most three of them.
        for _ in 0..<3 where start > bytes.startIndex && bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }

    /// The scalar that begins at `index`; U+FFFD where the stretch ends in it, or where none begins.
    @inline(__always)
    func scalar(at index: Int) -> UInt32 { bytes[index] < 0x80 ? UInt32(bytes[index]) : longScalar(at: index) }

    private func longScalar(at index: Int) -> UInt32 {
        let lead = UInt32(bytes[index])
        let length = UInt32(end(of: index) - index)
        guard length > 1, isWhole(at: index) else { return 0xFFFD }
        return bytes[(index + 1)..<(index + Int(length))].reduce(lead & (0x7F >> length)) {
            $0 << 6 | UInt32($1 & 0x3F)
        }
    }

    /// The property of the scalar that begins at `index`; nil where the stretch ends there, or within the scalar.
    package func property(at index: Int) -> SentenceBreakProperty? {
        guard index < bytes.endIndex else { return nil }
        if bytes[index] < 0x80 { return SentenceBreakProperty(ascii: bytes[index]) }
        return isWhole(at: index) ? SentenceBreakProperty(scalar(at: index)) : nil
    }

    /// Whether the stretch does not end inside the scalar at `index`.
    private func isWhole(at index: Int) -> Bool {
        let room = bytes.endIndex - index
        return room >= 4 || bytes[index] < (room == 3 ? 0xF0 : room == 2 ? 0xE0 : 0xC0)
    }

    /// The end of the last scalar that the stretch holds all of.
    var endOfWholeScalars: Int {
        guard !bytes.isEmpty else { return bytes.endIndex }
        let last = start(of: bytes.endIndex)
        return isWhole(at: last) ? bytes.endIndex : last
    }

    /// The scalar before `index`; nil at the stretch's start.
    func scalar(before index: Int) -> UInt32? { index > bytes.startIndex ? scalar(at: start(of: index)) : nil }

    /// The end of the scalar at `index` with the marks that belong to it (rule SB5).
    func endWithMarks(of index: Int) -> Int {
        var index = end(of: index)
        while index < bytes.endIndex, bytes[index] >= 0x80, property(at: index)?.isIgnored == true {
            index = end(of: index)
        }
        return index
    }

    /// The end of the run of scalars from `index` on that satisfy `predicate`, with their marks.
    @inline(__always)
    func end(from index: Int, while predicate: (SentenceBreakProperty) -> Bool) -> Int {
        var index = index
        while let next = property(at: index), predicate(next) { index = endWithMarks(of: index) }
        return index
    }

    /// The start of the run of scalars before `index` that satisfy `predicate`, at most `limit` bytes of them.
    @inline(__always)
    func start(before index: Int, limit: Int, while predicate: (UInt32) -> Bool) -> Int {
        var start = index
        while start > bytes.startIndex, index - start < limit {
            let before = bytes[start - 1] < 0x80 ? start - 1 : self.start(of: start)
            guard predicate(scalar(at: before)) else { break }
            start = before
        }
        return start
    }

    /// The text of a range.
    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
