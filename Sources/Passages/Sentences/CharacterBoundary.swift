/// Where a reader's characters end (grapheme clusters, UAX #29), as the standard library has it: no text is cut inside
/// one.
enum CharacterBoundary {
    /// Whether a character ends at an offset of valid UTF-8.
    static func isBoundary(_ index: Int, in bytes: ArraySlice<UInt8>) -> Bool {
        guard index > bytes.startIndex, index < bytes.endIndex else { return true }
        let next = bytes[index]
        guard !isContinuation(next) else { return false }
        if bytes[index - 1] < 0x80, next < 0x80 { return !(bytes[index - 1] == 0x0D && next == .lineFeed) }
        // Marks and what a joiner joins are many where somebody makes absurd text, and need no closer look; nor do
        // ideographs behind ideographs and punctuation, which are most of what is asked.
        let text = SentenceText(bytes)
        guard text.property(at: index)?.isIgnored != true, let before = text.scalar(before: index), before != 0x200D
        else {
            return false
        }
        if Scripts.isIdeographic(text.scalar(at: index)), (0x2000..<0x10000).contains(before),
            !SentenceBreakProperty(before).isIgnored
        {
            return true
        }
        // A few scalars on either side decide; an ASCII character begins anew.
        var lower = index - 1
        while lower > bytes.startIndex, bytes[lower] >= 0x80, index - lower < context || isContinuation(bytes[lower]) {
            lower -= 1
        }
        var upper = min(index + 4, bytes.endIndex)
        while upper < bytes.endIndex, isContinuation(bytes[upper]) { upper += 1 }
        let around = String(decoding: bytes[lower..<upper], as: UTF8.self)
        let place = around.utf8.index(around.startIndex, offsetBy: index - lower)
        return String.Index(place, within: around) != nil
    }

    /// The last end of a character at `index` or before, but behind the start of `bytes`; nil where there is none.
    static func last(upTo index: Int, in bytes: ArraySlice<UInt8>) -> Int? {
        stride(from: index, to: bytes.startIndex, by: -1).first { isBoundary($0, in: bytes) }
    }

    /// The first end of a character at `index` or behind it; `bytes` may end inside one.
    static func first(from index: Int, in bytes: ArraySlice<UInt8>) -> Int {
        (index..<max(index, bytes.endIndex)).first { isBoundary($0, in: bytes) } ?? bytes.endIndex
    }

    /// Whether a byte is inside a scalar.
    static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// Bytes before a place that are looked at: more than any character has that is not made to be absurd, and a whole
    /// number of flags.
    private static let context = 256
}
