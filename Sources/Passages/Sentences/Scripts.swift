/// Scripts whose sentences end in ways of their own.
enum Scripts {
    /// Thai, Lao and Khmer: spaces part phrases and sentences, words stand without.
    static func hasSpacesForStops(_ scalar: UInt32) -> Bool {
        (0x0E01..<0x0EE0).contains(scalar) && !(0x0E50..<0x0E5A).contains(scalar) && !(0x0ED0..<0x0EDA).contains(scalar)
            || (0x1780..<0x17D4).contains(scalar)
    }

    /// Chinese and Japanese letters and their brackets.
    static func isIdeographic(_ scalar: UInt32) -> Bool {
        (0x3005..<0x3100).contains(scalar) || (0x3400..<0xA000).contains(scalar) || (0xF900..<0xFB00).contains(scalar)
            || (0x20000..<0x40000).contains(scalar)
    }

    /// Chinese, Japanese and Korean, in which one letter is a word.
    static func hasWordsOfOneLetter(_ scalar: UInt32) -> Bool {
        isIdeographic(scalar) || (0x1100..<0x1200).contains(scalar) || (0xAC00..<0xD7B0).contains(scalar)
    }

    /// Stops that UAX #29 does not count among them: the ellipsis, and those of Khmer and Tibetan.
    static func isFurtherStop(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x2026, 0x17D4, 0x17D5, 0x0F0D, 0x0F0E: true
        default: false
        }
    }

    static func isGreek(_ scalar: UInt32) -> Bool {
        (0x0370..<0x0400).contains(scalar) || (0x1F00..<0x2000).contains(scalar)
    }

    /// と and っ (of って): what a Japanese sentence goes on with behind words that it quotes.
    static func isQuotingParticle(_ scalar: UInt32) -> Bool { scalar == 0x3068 || scalar == 0x3063 }
}
