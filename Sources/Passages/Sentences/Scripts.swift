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

    static func isGreek(_ scalar: UInt32) -> Bool {
        (0x0370..<0x0400).contains(scalar) || (0x1F00..<0x2000).contains(scalar)
    }

    /// と and っ (of って): what a Japanese sentence goes on with behind words that it quotes.
    static func isQuotingParticle(_ scalar: UInt32) -> Bool { scalar == 0x3068 || scalar == 0x3063 }
}
