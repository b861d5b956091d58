/// Words of UTF-8 text as a lexical method sees them: runs of letters and digits; of the scripts that put no space between words
/// single characters, and pairs of neighbours, which stand for words.
///
/// ASCII letters count in lower case. Of other characters the signs of Latin-1, General Punctuation, and the punctuation of
/// Chinese and Japanese are no letters; full-width punctuation is a word. Enough to compare the words of a question with those
/// of a text, without decoding either.
enum LexicalTerms {
    /// Calls `body` with the hash (FNV-1a, 64 bits) of each word.
    @inline(__always)
    static func forEach(in text: UnsafeRawBufferPointer, _ body: (UInt64) -> Void) {
        var hash = Self.basis
        var isInside = false
        /// The hash of the wide character that ends here.
        var previous: UInt64?
        func end() {
            if isInside { body(hash) }
            hash = Self.basis
            isInside = false
        }
        let kinds = Self.kinds
        var index = 0
        while index < text.count {
            let byte = text[index]
            let kind = kinds[Int(byte)]
            if kind != .wide { previous = nil }
            guard kind != .separator else {
                end()
                // C2 begins the signs of Latin-1, no-break spaces among them.
                index += byte == 0xC2 ? 2 : 1
                continue
            }
            if kind == .wide, index + 2 < text.count {
                end()
                // E3 80 begins the punctuation of these scripts.
                if byte != 0xE3 || text[index + 1] != 0x80 {
                    var pair = previous
                    for offset in 0..<3 {
                        let byte = UInt64(text[index + offset])
                        hash = (hash ^ byte) &* Self.prime
                        pair = pair.map { ($0 ^ byte) &* Self.prime }
                    }
                    if let pair { body(pair) }
                    previous = hash
                    isInside = true
                    end()
                } else {
                    previous = nil
                }
                index += 3
                continue
            }
            // E2 80 and E2 81 begin dashes, quotation marks and special spaces.
            if byte == 0xE2, index + 2 < text.count, text[index + 1] & 0xFE == 0x80 {
                end()
                index += 3
                continue
            }
            let folded = byte &- 0x41 < 26 ? byte | 0x20 : byte
            hash = (hash ^ UInt64(folded)) &* Self.prime
            isInside = true
            index += 1
        }
        end()
    }

    private static let basis: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01B3

    private enum Kind: UInt8 { case separator, letter, wide }

    private static let kinds: [Kind] = (UInt8.min...UInt8.max).map { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .letter
        case 0..<0x80, 0xC2: .separator
        case 0xE3...0xED: .wide
        default: .letter
        }
    }
}
