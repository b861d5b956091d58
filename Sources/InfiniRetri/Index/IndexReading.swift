import Transformer

/// Cuts the documents of a batch into windows, passing over the passages that an index holds already.
///
/// Windows depend on the texts alone, so that a build that was interrupted ends with the windows of one that was not.
struct IndexReading {
    /// A window, and the documents of which it is the last.
    struct Step {
        var window: Window?
        var finished: [IndexedDocument]
    }

    /// How far reading has come.
    private(set) var progress: RetrievalProgress
    private let batch: IndexBatch
    private let windowSize: Int
    private let paragraphBreak: [Int32]
    private var reader: PassageReader
    /// For each document of the batch the passages still to pass over, and its tokens so far.
    private var known: [Int]
    private var tokens: [Int]
    private var chunk: [Passage] = []
    private var chunkTokens = 0
    private var finishedCount = 0
    private var isAtEnd = false
    private let start = ContinuousClock.now

    init(
        batch: IndexBatch, description: IndexDescription, model: any IndexableModel, catalog: IndexCatalog
    ) {
        self.batch = batch
        windowSize = description.window
        paragraphBreak = model.tokenizer.encode("\n\n")
        reader = PassageReader(
            batch.documents.map(\.source), unit: description.profile.unit,
            window: description.window, tokenizer: model.tokenizer)
        known = batch.documents.map { catalog.passageCounts[$0.entry.id] ?? 0 }
        tokens = known.map { _ in 0 }
        let sizes = batch.documents.map(\.entry.bytes)
        progress = RetrievalProgress(totalBytes: sizes.contains(0) ? nil : sizes.reduce(0, +))
    }

    /// The next window or the next ends of documents; nil when everything has been read.
    mutating func next() throws -> Step? {
        while !isAtEnd {
            guard let passage = try reader.next() else {
                isAtEnd = true
                return step(finishedBelow: batch.documents.count)
            }
            tokens[passage.document] += passage.tokenCount
            if known[passage.document] > 0 {
                known[passage.document] -= 1
                continue
            }
            guard chunkTokens + passage.tokenCount > windowSize, !chunk.isEmpty else {
                append(passage)
                continue
            }
            let step = step(finishedBelow: passage.document)
            append(passage)
            return step
        }
        return nil
    }

    private mutating func append(_ passage: Passage) {
        chunk.append(passage)
        chunkTokens += passage.tokenCount
    }

    /// Empties the chunk.
    /// - Parameter document: All passages of the documents below it are in windows then.
    private mutating func step(finishedBelow document: Int) -> Step {
        let window = chunk.isEmpty ? nil : Window(chunk, paragraphBreak: paragraphBreak)
        progress.windows += window == nil ? 0 : 1
        progress.documentTokens += chunkTokens
        progress.bytesRead = reader.bytesRead
        progress.seconds = (ContinuousClock.now - start).inSeconds
        chunk.removeAll(keepingCapacity: true)
        chunkTokens = 0
        let finished = (finishedCount..<max(finishedCount, document)).map { index in
            var entry = batch.documents[index].entry
            entry.bytes = reader.digests[index].bytes
            entry.checksum = reader.digests[index].checksum
            entry.tokens = tokens[index]
            entry.isFinished = true
            return entry
        }
        finishedCount = max(finishedCount, document)
        return Step(window: window, finished: finished)
    }
}
