extension TextEncoding {
    /// What reads the encoding.
    /// - Parameter order: Of the bytes of numbers, where the encoding leaves it open.
    func reader(order: ByteOrder) -> (any CharacterReader)? {
        switch form {
        case .utf8: return UTF8Reader()
        case .utf16(let own): return UTF16Reader(order: own ?? order)
        case .utf32(let own): return UTF32Reader(order: own ?? order)
        case .singleBytes: return SingleByteReader(.of(self))
        case .multipleBytes(let layout): return MultipleByteReader(.of(self), layout)
        case .iso2022JP: return ISO2022JPReader(.of(self))
        }
    }

    /// Byte order marks, longer ones first.
    static let marks: [(encoding: TextEncoding, mark: [UInt8])] =
        [
            (utf32LittleEndian, [0xFF, 0xFE, 0, 0]), (utf32BigEndian, [0, 0, 0xFE, 0xFF]), (utf8, [0xEF, 0xBB, 0xBF]),
            (utf16LittleEndian, [0xFF, 0xFE]), (utf16BigEndian, [0xFE, 0xFF]),
        ] + (TextEncoding(named: "GB18030").map { [($0, [0x84, 0x31, 0x95, 0x33])] } ?? [])

    /// The encodings that files are in without saying so, and how much rarer than the others of their kind they are:
    /// quarters of a bit.
    static let usual: [(encoding: TextEncoding, rarity: Int)] = [
        ("windows-1252", 0), ("windows-1250", 6), ("windows-1251", 6), ("windows-1253", 8), ("windows-1254", 8),
        ("windows-1255", 12), ("windows-1256", 12), ("windows-1257", 14), ("ISO-8859-2", 10), ("ISO-8859-5", 26),
        ("ISO-8859-7", 12), ("ISO-8859-15", 10), ("KOI8-R", 12), ("KOI8-U", 14), ("IBM866", 20), ("windows-874", 12),
        ("macintosh", 20), ("GB18030", 12), ("Big5", 12), ("Shift_JIS", 12), ("EUC-JP", 16), ("EUC-KR", 12),
    ].compactMap { name, rarity in TextEncoding(named: name).map { ($0, rarity) } }

    /// Whether a document that begins so may be text: it has no zero byte, or is in UTF-16 or UTF-32.
    /// - Parameter head: Its first thousands of bytes, or all that there are.
    package static func looksLikeText(_ head: ArraySlice<UInt8>) -> Bool {
        guard head.contains(0) else { return !hasControlsOfBinary(head) }
        if let (encoding, mark) = marks.first(where: { head.starts(with: $0.mark) }) {
            return encoding.isPlausible(head.dropFirst(mark.count))
        }
        return [utf32LittleEndian, utf32BigEndian, utf16LittleEndian, utf16BigEndian].contains { $0.isPlausible(head) }
    }

    /// Whether one byte of twenty is a control character that texts do not have: logs have some, and escapes of colours.
    private static func hasControlsOfBinary(_ bytes: ArraySlice<UInt8>) -> Bool {
        let controls = bytes.count { $0 < 0x20 && !(0x08...0x0F).contains($0) && $0 != 0x1B }
        return controls * 20 > bytes.count
    }

    /// Whether bytes with a zero among them are text of the encoding.
    private func isPlausible(_ bytes: ArraySlice<UInt8>) -> Bool {
        switch form {
        case .utf16(let order):
            guard let order else { return false }
            // A character that is cut has less than a letter's information, and numbers that mean none have more.
            return bytes.isEmpty || WideText.cost(ofUTF16: bytes, order).map { $0 <= bytes.count / 2 * 48 } == true
        case .utf32(let order):
            guard let order else { return false }
            return WideText.isUTF32(bytes, order)
        default: return false
        }
    }
}
