import Tokenization

/// Streams documents in windows: passages in the order of reading, as many as fit (step 1 of the paper's chunks).
package struct WindowReader {
    /// A stretch of documents of at most a window's tokens.
    package struct Chunk {
        package var passages: [Passage]
        package var tokenCount: Int
    }

    /// Reads the passages.
    package private(set) var reader: PassageReader
    private var counted: ReadingProgress
    private let windowSize: Int
    /// The passage that did not fit any more.
    private var next: Passage?
    private let start = ContinuousClock.now

    /// - Parameters:
    ///   - windowSize: Tokens of a window at most, unless a single passage has more.
    ///   - totalBytes: Bytes of all documents, where that is known.
    package init(_ reader: PassageReader, windowSize: Int, totalBytes: Int?) {
        self.reader = reader
        self.windowSize = windowSize
        counted = ReadingProgress(totalBytes: totalBytes)
    }

    /// How far reading has come by now.
    package var progress: ReadingProgress {
        var progress = counted
        progress.seconds = (ContinuousClock.now - start) / .seconds(1)
        return progress
    }

    /// The next window's passages; nil behind the last.
    /// - Parameter isKnown: Passages that are passed over.
    package mutating func nextChunk(passingOver isKnown: (Passage) -> Bool = { _ in false }) throws -> Chunk? {
        var chunk = Chunk(passages: [], tokenCount: 0)
        func append(_ passage: Passage) {
            chunk.passages.append(passage)
            chunk.tokenCount += passage.tokenCount
        }
        if let passage = next { append(passage) }
        next = nil
        while let passage = try reader.next() {
            if isKnown(passage) { continue }
            if chunk.tokenCount + passage.tokenCount > windowSize, !chunk.passages.isEmpty {
                next = passage
                break
            }
            append(passage)
        }
        guard !chunk.passages.isEmpty else { return nil }
        counted.windows += 1
        counted.documentTokens += chunk.tokenCount
        counted.bytesRead = reader.bytesRead
        return chunk
    }

    /// The document of the passage that begins the next window; nil where nothing follows.
    package var nextDocument: Int? { next?.document }
}
