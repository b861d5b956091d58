/// The words that a text is searched for, each once.
package struct LexicalQuery: Sendable {
    /// Hashes of the words.
    private(set) var words: Set<UInt64> = []

    /// No words.
    package init() {}

    /// The words of a text.
    package init(_ text: String) { add(text) }

    /// Adds the words of a text.
    package mutating func add(_ text: String) {
        Array(text.utf8).withUnsafeBytes { bytes in LexicalTerms.forEach(in: bytes) { words.insert($0) } }
    }
}
