import Synchronization

/// The characters of an encoding, looked up in those that the system knows (`iconv`), once for the process.
final class CharacterTable: Sendable {
    /// By code: a byte, or the bytes of two in one number. Those of three bytes (EUC-JP) stand where its first byte,
    /// 0x8F, is left out and the second has no highest bit. 0 where no character has the code, but for U+0000.
    let characters: [PackedUTF8]
    /// GB18030's of four bytes below U+10000, by their number.
    let numbered: [PackedUTF8]
    /// Whether the system knows the encoding at all.
    let isKnown: Bool

    private static let tables = Mutex<[TextEncoding: CharacterTable]>([:])

    /// The table of an encoding of one or more bytes for a character.
    static func of(_ encoding: TextEncoding) -> CharacterTable {
        tables.withLock { tables in
            if let table = tables[encoding] { return table }
            let table = CharacterTable(encoding)
            tables[encoding] = table
            return table
        }
    }

    private init(_ encoding: TextEncoding) {
        let converters = encoding.systemNames.compactMap { CharacterConverter($0) }
        isKnown = !converters.isEmpty
        func character(_ bytes: [UInt8]) -> PackedUTF8 {
            for converter in converters {
                if let found = converter.character(bytes) { return found }
            }
            return 0
        }
        let layout: TextEncoding.MultipleByteLayout? =
            switch encoding.form {
            case .multipleBytes(let layout): layout
            case .iso2022JP: .eucJP
            default: nil
            }
        var characters = [PackedUTF8](repeating: 0, count: layout == nil ? 1 << 8 : 1 << 16)
        var numbered: [PackedUTF8] = []
        // ASCII is ASCII, in all of them.
        for byte in UInt8(0)..<0x80 { characters[Int(byte)] = PackedUTF8(byte) }
        for byte in UInt8(0x80)...0xFF { characters[Int(byte)] = character([byte]) }
        if let layout {
            for first in UInt8(0x81)...0xFE {
                for second in UInt8(0x40)...0xFE where layout.length([first, second]) == 2 {
                    characters[Int(first) << 8 | Int(second)] = character([first, second])
                }
            }
            if layout == .eucJP {
                for second in UInt8(0xA1)...0xFE {
                    for third in UInt8(0xA1)...0xFE {
                        characters[Int(second & 0x7F) << 8 | Int(third)] = character([0x8F, second, third])
                    }
                }
            }
            if layout == .gb18030 {
                numbered = (0..<39420).map { number in
                    let (first, second) = (number / 12600, number / 1260 % 10)
                    let (third, fourth) = (number / 10 % 126, number % 10)
                    return character(
                        [0x81 + first, 0x30 + second, 0x81 + third, 0x30 + fourth].map { UInt8(truncatingIfNeeded: $0) }
                    )
                }
            }
        }
        self.characters = characters
        self.numbered = numbered
    }
}

extension TextEncoding.MultipleByteLayout {
    /// Bytes of the character that begins so; 0 where none does, nil where more must be seen.
    func length(_ bytes: some RandomAccessCollection<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        if first < 0x80 { return 1 }
        let second = bytes.dropFirst().first
        switch self {
        case .gb18030:
            guard 0x81...0xFE ~= first else { return 0 }
            guard let second else { return nil }
            if 0x30...0x39 ~= second {
                guard let third = bytes.dropFirst(2).first else { return nil }
                guard 0x81...0xFE ~= third else { return 0 }
                guard let fourth = bytes.dropFirst(3).first else { return nil }
                return 0x30...0x39 ~= fourth ? 4 : 0
            }
            return 0x40...0xFE ~= second && second != 0x7F ? 2 : 0
        case .big5:
            guard 0x81...0xFE ~= first else { return 0 }
            guard let second else { return nil }
            return 0x40...0x7E ~= second || 0xA1...0xFE ~= second ? 2 : 0
        case .shiftJIS:
            if 0xA1...0xDF ~= first { return 1 }
            guard 0x81...0xFC ~= first, first != 0xA0 else { return 0 }
            guard let second else { return nil }
            return 0x40...0xFC ~= second && second != 0x7F ? 2 : 0
        case .eucJP:
            guard first == 0x8E || first == 0x8F || 0xA1...0xFE ~= first else { return 0 }
            guard let second else { return nil }
            guard 0xA1...0xFE ~= second, first != 0x8E || second <= 0xDF else { return 0 }
            guard first == 0x8F else { return 2 }
            guard let third = bytes.dropFirst(2).first else { return nil }
            return 0xA1...0xFE ~= third ? 3 : 0
        case .eucKR:
            guard 0x81...0xFE ~= first else { return 0 }
            guard let second else { return nil }
            return 0x41...0xFE ~= second ? 2 : 0
        }
    }
}
