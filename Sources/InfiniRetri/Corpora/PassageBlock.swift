import Documents

/// Passages of a corpus.
package protocol PassageBlock {
    /// Number of passages.
    var count: Int { get }
    /// Whether the passages are read for the first time, or were counted before.
    var isCounted: Bool { get }
    /// Tokens of a passage.
    func tokenCount(_ index: Int) -> Int
    /// A hash of a passage's tokens: equal for passages that read alike.
    func textHash(_ index: Int) -> Int
    /// A passage. Nil only where a file was damaged while it was in use.
    func passage(_ index: Int) -> Passage?
    /// Calls `body` with the UTF-8 text of a passage.
    func withText<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result
}

extension PassageBlock {
    /// All passages.
    var allPassages: [Passage] { (0..<count).compactMap(passage) }
}
