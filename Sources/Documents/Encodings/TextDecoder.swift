/// Extracts UTF-8 text from the bytes of a file: a byte order mark is left out, and what is no UTF-8 is repaired with U+FFFD,
/// one for each maximal part of a character (the substitution that the Unicode Standard recommends in section 3.9).
package struct TextDecoder {
    /// Leads from the text back to the bytes.
    package private(set) var map = OffsetMap()
    /// Bytes taken and text given so far.
    private var byteCount = 0
    private var textCount = 0
    /// The bytes of a character that is not complete yet.
    private var pending: [UInt8] = []

    /// - Parameter encoding: Nil has it found out.
    package init(_ encoding: TextEncoding? = nil) {}

    /// What users should know of how the text was decoded, since this was asked last.
    package mutating func takeNotes() -> [String] { [] }

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Takes the next bytes.
    /// - Returns: The text that they complete.
    package mutating func push(_ bytes: [UInt8]) -> [UInt8] { decode(pending + bytes, isLast: false) }

    /// Ends the file.
    /// - Returns: The text of what was left open.
    package mutating func finish() -> [UInt8] { decode(pending, isLast: true) }

    private mutating func decode(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        pending = []
        var bytes = bytes[...]
        if byteCount == 0, textCount == 0 {
            if !isLast, bytes.count < Self.mark.count, Self.mark.starts(with: bytes) {
                pending = Array(bytes)
                return []
            }
            if bytes.starts(with: Self.mark) {
                bytes.removeFirst(Self.mark.count)
                byteCount = Self.mark.count
                map.append(text: 0, source: byteCount)
            }
        }
        // Nearly all text is valid as it is; a block may end inside a character.
        let tail = isLast ? 0 : Self.incompleteTail(bytes)
        let whole = bytes.dropLast(tail)
        guard Self.isValid(whole) else { return repaired(bytes, isLast: isLast) }
        pending = Array(bytes.suffix(tail))
        byteCount += whole.count
        textCount += whole.count
        return Array(whole)
    }

    private mutating func repaired(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + 16)
        var rest = bytes
        while let first = rest.first {
            let length = Self.validLength(rest)
            if length > 0 {
                text += rest.prefix(length)
                rest = rest.dropFirst(length)
                byteCount += length
                textCount += length
                continue
            }
            let part = Self.maximalPart(rest)
            if !isLast, part == rest.count, part < Self.length(of: first) {
                pending = Array(rest)
                break
            }
            text += Self.replacement
            rest = rest.dropFirst(part)
            byteCount += part
            textCount += Self.replacement.count
            map.append(text: textCount, source: byteCount)
        }
        return text
    }

    /// Forgets what leads back from text before `text`.
    package mutating func forgetMap(before text: Int) { map.forget(before: text) }

    private static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) != nil }
    }

    /// How many of the last bytes are the beginning of a character that they do not end.
    private static func incompleteTail(_ bytes: ArraySlice<UInt8>) -> Int {
        for count in 1...3 where count <= bytes.count {
            let tail = bytes.suffix(count)
            guard let first = tail.first, first & 0xC0 != 0x80 else { continue }
            return count < length(of: first) && maximalPart(tail) == count ? count : 0
        }
        return 0
    }

    /// Bytes of a character with this first byte; 1 where no character begins so.
    private static func length(of first: UInt8) -> Int {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    /// Bytes of the character at the start, 0 where there is no valid one.
    private static func validLength(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first else { return 0 }
        if first < 0x80 { return 1 }
        let length = length(of: first)
        return length > 1 && maximalPart(bytes) == length ? length : 0
    }

    /// Bytes at the start that could begin a character: at least one.
    private static func maximalPart(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first else { return 0 }
        let length = length(of: first)
        guard length > 1 else { return 1 }
        var count = 1
        for byte in bytes.dropFirst().prefix(length - 1) {
            let allowed: ClosedRange<UInt8> =
                switch (count, first) {
                case (1, 0xE0): 0xA0...0xBF
                case (1, 0xED): 0x80...0x9F
                case (1, 0xF0): 0x90...0xBF
                case (1, 0xF4): 0x80...0x8F
                default: 0x80...0xBF
                }
            guard allowed.contains(byte) else { break }
            count += 1
        }
        return count
    }
}
