/// Text in UTF-16 or UTF-32 that no byte order mark announces.
enum WideText {
    /// Whether bytes are UTF-32: every four of them are a character, which is next to impossible otherwise.
    static func isUTF32(_ bytes: ArraySlice<UInt8>, _ order: TextEncoding.ByteOrder) -> Bool {
        guard bytes.count >= 8 else { return false }
        var start = bytes.startIndex
        while start + 4 <= bytes.endIndex {
            var value: UInt32 = 0
            for index in 0..<4 { value = value << 8 | UInt32(bytes[start + (order == .bigEndian ? index : 3 - index)]) }
            guard let scalar = Unicode.Scalar(value), CharacterTrait(scalar).kind != .fault else { return false }
            start += 4
        }
        return true
    }

    /// What it costs to read bytes as UTF-16, in quarters of a bit; nil where they are none.
    static func cost(ofUTF16 bytes: ArraySlice<UInt8>, _ order: TextEncoding.ByteOrder) -> Int? {
        guard bytes.count >= 4 else { return nil }
        let languages = FrequentCharacters.all
        // Text of letters, and of each of the languages that have thousands of characters.
        var (letters, costs) = (0, languages.map { _ in 0 })
        var script = CharacterTrait.Script.latin
        var start = bytes.startIndex
        func unit(_ position: Int) -> UInt32 {
            let (first, second) = (UInt32(bytes[position]), UInt32(bytes[position + 1]))
            return order == .littleEndian ? second << 8 | first : first << 8 | second
        }
        while start + 2 <= bytes.endIndex {
            let value = unit(start)
            var scalar = Unicode.Scalar(value)
            if scalar == nil, value < 0xDC00 {
                // The pair may be cut.
                guard start + 4 <= bytes.endIndex else { break }
                let low = unit(start + 2)
                guard 0xDC00..<0xE000 ~= low else { return nil }
                scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
                start += 2
            }
            start += 2
            guard let scalar else { return nil }
            let trait = CharacterTrait(scalar)
            guard trait.kind != .fault else { return nil }
            var cost = value < 0x80 ? 20 : TextCost.sign(trait.kind)
            if trait.kind == .letter {
                cost = trait.script == .han || trait.script == .hangul ? 60 : trait.script == script ? 24 : 52
                script = trait.script
            }
            letters += cost
            for index in costs.indices {
                costs[index] += value < 0x80 ? 20 : TextCost.of(scalar, trait, in: languages[index])
            }
        }
        return min(letters, costs.min() ?? letters)
    }
}
