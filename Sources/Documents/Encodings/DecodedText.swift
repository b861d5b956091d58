/// Text as it is decoded: UTF-8, with the way back to the bytes that it was made from.
struct DecodedText {
    /// What was decoded and not yet taken.
    private(set) var text: [UInt8] = []
    /// Leads back to the bytes.
    private(set) var map = OffsetMap()
    /// Bytes that were read, and bytes of text that they became.
    private(set) var byteCount = 0
    private(set) var textCount = 0
    /// Bytes that were no characters and became U+FFFD.
    private(set) var replacedBytes = 0

    /// Makes room for the text of a block.
    mutating func reserve(_ count: Int) { text.reserveCapacity(text.count + count) }

    /// Takes the text.
    mutating func take() -> [UInt8] {
        defer { text = [] }
        return text
    }

    /// Text that is as the bytes are.
    mutating func append(same bytes: [UInt8]) {
        if text.isEmpty { text = bytes } else { text += bytes }
        byteCount += bytes.count
        textCount += bytes.count
    }

    /// Text that is as the bytes are.
    mutating func append(same bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        text.append(contentsOf: bytes)
        byteCount += bytes.count
        textCount += bytes.count
    }

    /// A character.
    /// - Parameters:
    ///   - character: Its UTF-8, the first byte in the lowest bits. More than one scalar where the encoding has one
    /// code for them.   - bytes: How many it was made from.
    mutating func append(_ character: PackedUTF8, from bytes: Int) {
        var rest = character
        repeat {
            text.append(UInt8(truncatingIfNeeded: rest))
            textCount += 1
            rest >>= 8
        } while rest != 0
        byteCount += bytes
        map.append(text: textCount, source: byteCount)
    }

    /// U+FFFD for bytes that are no character.
    mutating func replace(_ bytes: Int) {
        replacedBytes += bytes
        append(replacementCharacter, from: bytes)
    }

    /// Bytes that stand for no text: a byte order mark, an escape sequence.
    mutating func skip(_ bytes: Int) {
        byteCount += bytes
        map.append(text: textCount, source: byteCount)
    }

    mutating func forgetMap(before text: Int) { map.forget(before: text) }
}

/// The UTF-8 of a character in one number, the first byte in the lowest bits; U+0000 is 0.
typealias PackedUTF8 = UInt32

/// U+FFFD.
let replacementCharacter: PackedUTF8 = 0xBD_BFEF

extension Unicode.Scalar {
    /// Its UTF-8 in one number.
    var packedUTF8: PackedUTF8 {
        switch value {
        case 0..<0x80: value
        case 0x80..<0x800: 0x80C0 | value >> 6 | (value & 0x3F) << 8
        case 0x800..<0x10000: 0x80_80E0 | value >> 12 | (value >> 6 & 0x3F) << 8 | (value & 0x3F) << 16
        default:
            0x8080_80F0 | value >> 18 | (value >> 12 & 0x3F) << 8 | (value >> 6 & 0x3F) << 16 | (value & 0x3F) << 24
        }
    }

    /// The first character of what was packed; nil where there is none.
    init?(packedUTF8 packed: PackedUTF8) {
        let bytes = (0..<4).map { packed >> (8 * $0) & 0xFF }
        switch bytes[0] {
        case 0..<0x80: self.init(bytes[0])
        case 0xC0..<0xE0: self.init((bytes[0] & 0x1F) << 6 | bytes[1] & 0x3F)
        case 0xE0..<0xF0: self.init((bytes[0] & 0xF) << 12 | (bytes[1] & 0x3F) << 6 | bytes[2] & 0x3F)
        default:
            self.init(
                (bytes[0] & 7) << 18 | (bytes[1] & 0x3F) << 12 | (bytes[2] & 0x3F) << 6 | bytes[3] & 0x3F)
        }
    }
}
