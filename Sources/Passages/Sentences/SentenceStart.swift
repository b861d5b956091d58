/// What stands behind the white space behind a stop: perhaps the first word of a sentence.
struct SentenceStart {
    enum Kind { case small, capital, digit, letter, other }

    /// What the first letter or digit is, opening marks before it aside; `other` where there is none nearby.
    private(set) var kind = Kind.other
    /// Whether a dash stands before it.
    private(set) var isBehindDash = false
    /// Whether the first thing is a comma or its like, behind which a sentence goes on.
    private(set) var goesOn = false
    /// The word in small letters, where it is a short one.
    var word: String { text.string(start..<end).lowercased() }
    /// Whether it is one letter with a full stop: "B." in "z. B."
    var isInitial: Bool {
        start < end && text.endWithMarks(of: start) == end && end < text.bytes.endIndex
            && text.bytes[end] == UInt8(ascii: ".")
    }
    /// Whether it is a Roman number or a single letter, but no English word: "vol. II", "fig. B".
    var isNumeral: Bool {
        let bytes = text.bytes[start..<end]
        guard kind == .capital, bytes.count > 1 || bytes.first.map({ !"AI".utf8.contains($0) }) == true else {
            return false
        }
        return bytes.count == 1 || bytes.allSatisfy { "IVXLC".utf8.contains($0) }
    }

    private let text: SentenceText
    private var start: Int
    private var end: Int

    /// - Parameter index: Of the first scalar behind white space.
    init(in text: SentenceText, at index: Int) {
        self.text = text
        start = index
        end = index
        var place = index
        for _ in 0..<Self.longestOpening {
            guard let property = text.property(at: place) else { return }
            switch property {
            case .lower where !isClitic(at: place), .upper, .letter, .numeric:
                kind =
                    property == .lower
                    ? .small : property == .upper ? .capital : property == .letter ? .letter : .digit
                start = place
                end = wordEnd(from: place)
                return
            case .continuation:
                if Self.isDash(text.scalar(at: place)) {
                    isBehindDash = true
                } else {
                    goesOn = goesOn || place == index
                }
            default: break
            }
            place = text.end(of: place)
        }
    }

    /// Where the word ends that begins at `place`.
    private func wordEnd(from place: Int) -> Int {
        var end = place
        while end - place < Self.longestWord, let property = text.property(at: end),
            property.isLetter || property.isIgnored
        { end = text.end(of: end) }
        return end
    }

    /// Whether a small letter is what an apostrophe left of a word, as in "'s Avonds": the sentence begins with it.
    private func isClitic(at place: Int) -> Bool {
        guard let before = text.scalar(before: place), before == 0x27 || before == 0x2019 else { return false }
        let end = text.end(of: place)
        return text.property(at: end) == .space && text.property(at: text.end(of: end)) == .upper
    }

    /// Whether a mark of continuation is a dash of some length.
    private static func isDash(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x2D, 0x2013, 0x2014, 0xFE31, 0xFE32, 0xFE58, 0xFE63, 0xFF0D: true
        default: false
        }
    }

    /// Scalars before a first letter that are looked at: quotes, brackets, dashes.
    private static let longestOpening = 8
    /// Bytes of a word that are looked at.
    private static let longestWord = 24
}
