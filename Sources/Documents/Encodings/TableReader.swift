/// Reads an encoding whose characters are single bytes.
struct SingleByteReader: CharacterReader {
    private let table: CharacterTable

    init(_ table: CharacterTable) { self.table = table }

    mutating func read(_ bytes: [UInt8], isLast: Bool, into decoded: inout DecodedText) -> Int {
        decoded.reserve(bytes.count * 2)
        bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position < bytes.count {
                let ascii = bytes[position...].prefix { $0 < 0x80 }
                if !ascii.isEmpty { decoded.append(same: ascii) }
                position = ascii.endIndex
                while position < bytes.count, bytes[position] >= 0x80 {
                    let character = table.characters[Int(bytes[position])]
                    if character != 0 { decoded.append(character, from: 1) } else { decoded.replace(1) }
                    position += 1
                }
            }
        }
        return bytes.count
    }
}

/// Reads an encoding whose characters have one or more bytes, as the first one tells.
struct MultipleByteReader: CharacterReader {
    private let table: CharacterTable
    private let layout: TextEncoding.MultipleByteLayout

    init(_ table: CharacterTable, _ layout: TextEncoding.MultipleByteLayout) {
        self.table = table
        self.layout = layout
    }

    mutating func read(_ bytes: [UInt8], isLast: Bool, into decoded: inout DecodedText) -> Int {
        decoded.reserve(bytes.count * 3 / 2 + 16)
        return bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position < bytes.count {
                let ascii = bytes[position...].prefix { $0 < 0x80 }
                if !ascii.isEmpty { decoded.append(same: ascii) }
                position = ascii.endIndex
                guard position < bytes.count else { break }
                let whole = layout.length(bytes[position...])
                if whole == nil, !isLast { return position }
                let length = whole ?? bytes.count - position
                let character = table.character(bytes[position...].prefix(length))
                if character != 0 {
                    decoded.append(character, from: length)
                    position += length
                    continue
                }
                // A letter or a line's end behind what is no character is not part of it.
                let fault = bytes[position...].prefix(max(1, length)).dropFirst().prefix { $0 >= 0x80 }.count + 1
                decoded.replace(fault)
                position += fault
            }
            return position
        }
    }
}

extension CharacterTable {
    /// The character of a code's bytes; 0 where there is none.
    func character(_ bytes: some RandomAccessCollection<UInt8>) -> PackedUTF8 {
        var code = 0
        for byte in bytes.prefix(4) { code = code << 8 | Int(byte) }
        switch bytes.count {
        case 1, 2: return characters[code]
        case 3: return characters[code & 0x7FFF]
        case 4:
            let (first, second) = (code >> 24 - 0x81, code >> 16 & 0xFF - 0x30)
            let (third, fourth) = (code >> 8 & 0xFF - 0x81, code & 0xFF - 0x30)
            let number = ((first * 10 + second) * 126 + third) * 10 + fourth
            if number < numbered.count { return numbered[number] }
            // From 0x90308130 on the numbers are those of the characters behind U+FFFF.
            guard number >= 189_000 else { return 0 }
            return Unicode.Scalar(UInt32(number - 189_000 + 0x10000))?.packedUTF8 ?? 0
        default: return 0
        }
    }
}

/// Reads ISO-2022-JP, whose escape sequences say which set the bytes behind them are of.
struct ISO2022JPReader: CharacterReader {
    /// EUC-JP's, which has the same sets with the highest bits set.
    private let table: CharacterTable
    private var set = CharacterSet.ascii

    private enum CharacterSet {
        case ascii
        /// ASCII with a yen sign and an overline.
        case roman
        case katakana
        case kanji
        /// JIS X 0212.
        case rareKanji
    }

    init(_ table: CharacterTable) { self.table = table }

    private static let escapes: [([UInt8], CharacterSet)] = [
        (Array("\u{1B}(B".utf8), .ascii), (Array("\u{1B}(J".utf8), .roman), (Array("\u{1B}(I".utf8), .katakana),
        (Array("\u{1B}$@".utf8), .kanji), (Array("\u{1B}$B".utf8), .kanji), (Array("\u{1B}$(B".utf8), .kanji),
        (Array("\u{1B}$(D".utf8), .rareKanji),
    ]

    /// Whether a text has an escape sequence that turns to Japanese.
    static func isFound(in bytes: ArraySlice<UInt8>) -> Bool {
        bytes.indices.contains { index in
            guard bytes[index] == 0x1B else { return false }
            return escapes.contains { $0.1 != .ascii && bytes[index...].starts(with: $0.0) }
        }
    }

    mutating func read(_ bytes: [UInt8], isLast: Bool, into decoded: inout DecodedText) -> Int {
        decoded.reserve(bytes.count * 3 / 2)
        var position = 0
        while position < bytes.count {
            let rest = bytes[position...]
            if bytes[position] == 0x1B {
                if let (escape, next) = Self.escapes.first(where: { rest.starts(with: $0.0) }) {
                    set = next
                    decoded.skip(escape.count)
                    position += escape.count
                    continue
                }
                if !isLast, Self.escapes.contains(where: { $0.0.starts(with: rest) }) { return position }
            }
            let length: Int
            let character: PackedUTF8
            switch (set, bytes[position]) {
            // What controls, and the ends of lines, mean the same in every set.
            case (_, ..<0x21), (.ascii, ..<0x80): (length, character) = (1, PackedUTF8(bytes[position]))
            case (_, 0x7F...): (length, character) = (1, bytes[position] == 0x7F ? 0x7F : 0)
            case (.roman, let byte):
                length = 1
                character = byte == 0x5C ? 0xA5C2 : byte == 0x7E ? 0xBE_80E2 : PackedUTF8(byte)
            case (.katakana, let byte):
                (length, character) = (1, byte < 0x60 ? table.character([0x8E, byte | 0x80]) : 0)
            case (_, let first):
                guard rest.count > 1 else {
                    if !isLast { return position }
                    decoded.replace(1)
                    return bytes.count
                }
                let second = bytes[position + 1]
                guard 0x21...0x7E ~= second else {
                    (length, character) = (1, 0)
                    break
                }
                length = 2
                let code = [first | 0x80, second | 0x80]
                character = table.character(set == .kanji ? code : [0x8F] + code)
            }
            if character != 0 || (length == 1 && bytes[position] == 0) {
                decoded.append(character, from: length)
            } else {
                decoded.replace(length)
            }
            position += length
        }
        return position
    }
}
