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
}
