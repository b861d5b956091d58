import Documents

/// What questions are put to: documents that are read as a stream, or an index of them. It gives passages in blocks, each once,
/// in the order of reading.
package protocol Corpus {
    /// A stretch of it that first stages score at once.
    associatedtype Block: PassageBlock

    /// Tokens of all documents; nil where that is not known before their end.
    var tokenCount: Int? { get }
    /// How far reading has come; nil where there is nothing to read.
    var progress: ReadingProgress? { get }
    /// The next block; nil behind the last one.
    mutating func next() throws -> Block?
    /// The name that evidence carries of a document.
    func name(ofDocument document: Int) -> String
    /// A first stage that scores this corpus's blocks.
    func makeStage(_ stage: RetrievalPlan.Stage, _ context: RetrievalContext) throws -> any FirstStage<Block>
}

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
