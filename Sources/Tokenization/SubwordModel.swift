/// How a kind of tokenizer makes tokens of clean text: words, first symbols, merges. What is common to all kinds is done by
/// `TokenStream` and `WordEncoder`.
protocol SubwordModel: AnyObject, Sendable {
    var vocabulary: Vocabulary { get }
    var merges: MergeTable { get }
    var cleaning: TextCleaner.Options { get }
    /// Whether a word that is a token is taken whole, without merges.
    var takesWholeWords: Bool { get }
    /// What callers should know about this tokenizer, such as rules that were guessed.
    var warnings: [String] { get }

    /// The end of the word that starts at `start`, below `text.count`; nil if more text is needed to tell and `isEnd` is false.
    func wordEnd(
        in text: UnsafeBufferPointer<UInt8>, from start: Int, isEnd: Bool, classes: inout ScalarClasses
    ) -> Int?

    /// Appends the symbols from which merging starts: each with the offset of its first byte in the word.
    func appendSymbols(of word: UnsafeBufferPointer<UInt8>, to symbols: inout Symbols)
}
