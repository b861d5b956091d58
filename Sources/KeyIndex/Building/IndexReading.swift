import Documents
import Passages
import Tokenization
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

    private let entries: [IndexedDocument]
    private let paragraphBreak: [TokenID]
    private var windows: WindowReader
    /// For each document of the batch the passages still to pass over, and its tokens so far.
    private var known: [Int]
    private var tokens: [Int]
    private var finishedCount = 0
    private var isAtEnd = false

    /// - Parameter documents: Each with where its text comes from.
    init(
        _ documents: [(entry: IndexedDocument, source: Document)], description: IndexDescription,
        model: any IndexableModel, catalog: IndexCatalog
    ) {
        entries = documents.map(\.entry)
        paragraphBreak = model.tokenizer.encode("\n\n")
        let sizes = entries.map(\.bytes)
        windows = WindowReader(
            PassageReader(
                documents.map(\.source), unit: description.unit, segmentation: description.segmentation,
                window: description.window, tokenizer: model.tokenizer),
            windowSize: description.window, totalBytes: sizes.contains(0) ? nil : sizes.reduce(0, +))
        known = documents.map { catalog.passageCounts[$0.entry.id] ?? 0 }
        tokens = known.map { _ in 0 }
    }

    /// Documents that the index holds as they were, and that hold something now that is not read: what it has of them is no longer theirs.
    /// What only cannot be opened now may still be the same.
    var outdated: [UInt32] {
        windows.reader.failures.compactMap { number, failure in
            if case .unreadable = failure { return nil }
            return entries[number].replaces
        }
    }

    /// What was left out of the documents read so far, and why.
    var omissions: [Omission] { windows.reader.omissions }
    /// How far reading has come.
    var progress: ReadingProgress { windows.progress }

    /// The next window or the next ends of documents; nil when everything has been read.
    mutating func next() throws -> Step? {
        guard !isAtEnd else { return nil }
        var (known, tokens) = (known, tokens)
        let chunk = try windows.nextChunk { passage in
            tokens[passage.document] += passage.tokenCount
            guard known[passage.document] > 0 else { return false }
            known[passage.document] -= 1
            return true
        }
        (self.known, self.tokens) = (known, tokens)
        isAtEnd = windows.nextDocument == nil
        return Step(
            window: chunk.map { Window($0.passages, paragraphBreak: paragraphBreak) },
            finished: finished(below: windows.nextDocument ?? entries.count))
    }

    /// The documents whose passages are all in windows, that were not so before. Those that could not be read are none of them:
    /// they are tried again the next time.
    /// - Parameter document: All passages of the documents below it are.
    private mutating func finished(below document: Int) -> [IndexedDocument] {
        defer { finishedCount = max(finishedCount, document) }
        return (finishedCount..<max(finishedCount, document)).compactMap { index in
            guard let ending = windows.reader.endings[index] else { return nil }
            var entry = entries[index]
            entry.bytes = ending.bytes
            entry.checksum = ending.checksum
            entry.kind = ending.kind
            entry.tokens = tokens[index]
            entry.isFinished = true
            return entry
        }
    }
}
