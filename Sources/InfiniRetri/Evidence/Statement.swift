/// A sentence of an answer, and the evidence that it comes from.
public struct Statement: Sendable, Hashable {
    /// The sentence.
    public let text: String
    /// Where it stands in the answer, in UTF-8 bytes.
    public let range: Range<Int>
    /// The pieces of evidence that hold its words, by their numbers in ``Answer/evidence``; the one that says most first.
    public let evidence: [Int]
    /// Whether these pieces hold all that it says beyond the question. That they mean the same by it nobody has checked.
    public let isSupported: Bool
    /// Whether it stands in the evidence word for word, letter case and white space aside.
    public let isQuote: Bool

    /// A statement from its parts.
    public init(text: String, range: Range<Int>, evidence: [Int], isSupported: Bool, isQuote: Bool) {
        self.text = text
        self.range = range
        self.evidence = evidence
        self.isSupported = isSupported
        self.isQuote = isQuote
    }
}
