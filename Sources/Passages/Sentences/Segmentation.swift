/// How text is cut into sentences and passages: the numbers of step 1 of the paper.
public struct Segmentation: Sendable, Hashable, Codable {
    /// Tokens of a passage at most. A passage is kept as a whole, so longer ones would crowd others out of the
    /// evidence.
    public var longestPassage = 192
    /// Share of a window that a passage takes at most, so that a window holds several to compare.
    public var passageShareOfWindow = 0.5
    /// Bytes of a sentence at most; longer ones are cut behind a comma or a space, or else between two characters.
    public var longestSentence = 2_000
    /// What tells wrapped lines of prose from breaks that were set on purpose.
    public var lines = LineWrapping()

    /// The values in use by default.
    public init() {}

    /// Tokens of a passage at most, for windows of `window` tokens.
    package func longestPassage(inWindow window: Int?) -> Int {
        window.map { min(longestPassage, Int(Double($0) * passageShareOfWindow)) } ?? longestPassage
    }

    /// Numbers of ``LineBreaks``, found by looking at books, logs and source trees.
    public struct LineWrapping: Sendable, Hashable, Codable {
        /// Lines of this many columns or less are breaks on purpose: nobody wraps prose so narrowly.
        public var narrowest = 40
        /// Lines of more columns than this are whole paragraphs or log records, not wrapped prose.
        public var widest = 120
        /// What remains of the longest line's length after each further line: a memory of about thirty lines.
        public var fading = 0.97
        /// Prose that was wrapped in a proportional font has lines this much shorter than the longest.
        public var raggedness = 0.7

        /// The values in use by default.
        public init() {}
    }
}
