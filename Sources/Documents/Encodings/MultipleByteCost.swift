/// What it costs to read a sample in an encoding of one or more bytes for a character.
enum MultipleByteCost {
    /// The cost of what is no ASCII, in the cheapest language; nil where too much of it is no character.
    static func cost(
        of sample: ByteSample, _ encoding: TextEncoding, _ layout: TextEncoding.MultipleByteLayout
    ) -> Int? {
        guard isWellFormed(sample.bytes, layout) else { return nil }
        let table = CharacterTable.of(encoding)
        guard table.isKnown else { return nil }
        let languages = FrequentCharacters.all.filter { layout.languages.contains($0.language) }
        var costs = languages.map { _ in 0 }
        var (characters, faults) = (0, 0)
        var bytes = sample.bytes
        // These languages are not written into the middle of words of Latin letters.
        var (isBehindLatin, wasWide, seams) = (false, false, 0)
        while let first = bytes.first {
            if first < 0x80 {
                let isLatin = first.isLatinLetter
                if isLatin, wasWide { seams += 1 }
                (isBehindLatin, wasWide) = (isLatin, false)
                bytes = bytes.dropFirst()
                continue
            }
            if isBehindLatin { seams += 1 }
            (isBehindLatin, wasWide) = (false, true)
            guard let length = layout.length(bytes) else { break }
            characters += 1
            let packed = table.character(bytes.prefix(length))
            if packed != 0, let scalar = Unicode.Scalar(packedUTF8: packed) {
                let trait = CharacterTrait(scalar)
                for index in costs.indices { costs[index] += TextCost.of(scalar, trait, in: languages[index]) }
            } else {
                faults += 1
                for index in costs.indices { costs[index] += TextCost.fault }
            }
            bytes = bytes.dropFirst(max(1, length))
        }
        return faults * 20 > characters + 20 ? nil : costs.min().map { $0 + seams * TextCost.seam }
    }

    /// Whether the bytes part into characters, but for a few: a glance before the characters are looked up.
    private static func isWellFormed(_ bytes: ArraySlice<UInt8>, _ layout: TextEncoding.MultipleByteLayout) -> Bool {
        var (characters, faults) = (0, 0)
        var bytes = bytes
        while let length = layout.length(bytes) {
            if let first = bytes.first, first >= 0x80 {
                characters += 1
                if length == 0 { faults += 1 }
            }
            bytes = bytes.dropFirst(max(1, length))
        }
        return faults * 20 <= characters + 20
    }
}

extension UInt8 {
    fileprivate var isLatinLetter: Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20
    }
}

extension TextEncoding.MultipleByteLayout {
    /// The languages that are written in it.
    fileprivate var languages: Set<String> {
        switch self {
        case .gb18030: ["zh-cn", "zh-tw"]
        case .big5: ["zh-tw"]
        case .shiftJIS, .eucJP: ["ja"]
        case .eucKR: ["ko"]
        }
    }
}
