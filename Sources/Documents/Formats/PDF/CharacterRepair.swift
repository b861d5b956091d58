/// Makes what a program writes well-formed: characters that no XML may hold, and UTF-8 that is none.
///
/// Fonts without names of their glyphs give the numbers of these. Below 32 the fonts of TeX, which have them most often, have
/// ligatures.
struct CharacterRepair {
    private var decoder = TextDecoder(.utf8)
    /// Bytes of text so far.
    private var count = 0

    mutating func push(_ block: [UInt8]) -> [UInt8] {
        let text = decoder.push(block)
        count += text.count
        decoder.forgetMap(before: count)
        return Self.repaired(text)
    }

    mutating func finish() -> [UInt8] { Self.repaired(decoder.finish()) }

    private static func repaired(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(where: isControl) else { return text }
        var repaired: [UInt8] = []
        repaired.reserveCapacity(text.count + 64)
        for byte in text {
            if isControl(byte) { repaired += (ligatures[byte] ?? " ").utf8 } else { repaired.append(byte) }
        }
        return repaired
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != .lineFeed && byte != UInt8(ascii: "\t") || byte == 0x7F
    }

    /// Ligatures of the encodings T1 and OT1, and what T1 has of quotation marks and dashes.
    private static let ligatures: [UInt8: String] = [
        0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl",
        0x10: "“", 0x11: "”", 0x12: "„", 0x13: "«", 0x14: "»", 0x15: "–", 0x16: "—",
        0x0B: "ff", 0x0C: "fi", 0x0D: "fl", 0x0E: "ffi", 0x0F: "ffl", 0x7F: "-",
    ]
}

extension String {
    /// Without what is of typesetting: ligatures are letters, spaces that do not break are spaces.
    var withoutTypesetting: String {
        guard utf8.contains(where: { $0 == 0xC2 || $0 == 0xE2 || $0 == 0xEF }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if let plain = Self.plain[scalar] { text += plain } else { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    private static let plain: [Unicode.Scalar: String] = [
        "\u{FB00}": "ff", "\u{FB01}": "fi", "\u{FB02}": "fl", "\u{FB03}": "ffi", "\u{FB04}": "ffl", "\u{FB05}": "st",
        "\u{FB06}": "st", "\u{A0}": " ", "\u{202F}": " ", "\u{2007}": " ", "\u{200B}": "", "\u{FEFF}": "",
        // Where it is a glyph of the page it is seen: a hyphen.
        "\u{AD}": "-", "\u{2010}": "-", "\u{2011}": "-",
        // A bullet, by its number in the encoding TS1.
        "\u{88}": "•",
    ]
}
