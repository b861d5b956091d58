import Documents
import Tensors
import Transformer

/// Documents that are read into an index one after the other, in windows that go across their bounds.
struct IndexBatch {
    /// Each with where its text comes from.
    var documents: [(entry: IndexedDocument, source: Document)]

    /// The rest of a batch that was interrupted, if its documents are as they were; else they are given up, to be read
    /// from their beginning.
    static func interrupted(in writer: IndexWriter, given: [Document]) throws -> IndexBatch? {
        let pending = writer.catalog.unfinishedDocuments
        guard !writer.catalog.openBatch.isEmpty else { return nil }
        let sources = pending.map { entry in
            given.first { DocumentPlace($0).path == entry.path && $0.name == entry.name }
                ?? (entry.path.isEmpty ? nil : .file(path: entry.path))
        }
        let documents = zip(pending, sources).compactMap { entry, source in source.map { (entry: entry, source: $0) } }
        let areUnchanged = documents.count == pending.count && documents.allSatisfy { isAsNamed($0.entry, $0.source) }
        if areUnchanged, !pending.isEmpty { return IndexBatch(documents: documents) }
        if !pending.isEmpty { try writer.append(.removal, metadata: IndexedDocument.removal(pending.map(\.id))) }
        try writer.append(.batchEnd, metadata: [])
        try writer.reload()
        return nil
    }

    /// A batch of those documents that the index does not hold as they are now, named in the index; nil if there are none.
    /// - Parameter resumed: Documents that this call has read already.
    static func new(
        of given: [Document], in writer: IndexWriter, resumed: Set<UInt32>, outcome: inout IndexChange
    ) throws -> IndexBatch? {
        var documents: [(entry: IndexedDocument, source: Document)] = []
        var next = writer.catalog.nextDocument
        let live = writer.catalog.liveDocuments
        let byPlace = Dictionary(live.map { ($0.path.isEmpty ? $0.name : $0.path, $0) }) { $1 }
        var named: Set<String> = []
        for source in given {
            let place = DocumentPlace(source)
            let key = place.path.isEmpty ? source.name : place.path
            guard named.insert(key).inserted else {
                // The same file twice is read once; two texts of one name could not be told apart later.
                guard place.path.isEmpty else { continue }
                throw IndexError.ambiguousName(source.name)
            }
            let earlier = byPlace[key]
            if let earlier, place.isUnchanged(earlier) || isSame(source, earlier) {
                if !resumed.contains(earlier.id) { outcome.unchanged += 1 }
                continue
            }
            documents.append(
                (
                    IndexedDocument(
                        id: next, name: source.name, path: place.path, bytes: place.bytes, modified: place.modified,
                        checksum: 0, tokens: 0, isFinished: false, replaces: earlier?.id), source
                ))
            next += 1
        }
        guard !documents.isEmpty else { return nil }
        try writer.append(.batch, metadata: IndexedDocument.batch(documents.map(\.entry)))
        try writer.reload()
        return IndexBatch(documents: documents)
    }

    /// Reads what windows do not hold yet, and ends the batch.
    func run(
        _ model: any IndexableModel, _ writer: IndexWriter, report: (ReadingProgress) -> Void,
        outcome: inout IndexChange
    ) throws {
        let description = writer.description
        let keys = WindowKeys(model: model, description: description)
        var reading = IndexReading(
            documents, description: description, model: model, catalog: writer.catalog)
        while let step = try reading.next() {
            try Task.checkCancellation()
            if let window = step.window {
                let metadata = WindowBlock.metadata(of: window) { documents[$0].entry.id }
                try writer.append(.window, metadata: metadata, data: keys.data(of: window))
                outcome.windows += 1
                report(reading.progress)
            }
            if !step.finished.isEmpty {
                try writer.append(.finished, metadata: IndexedDocument.finished(step.finished))
                outcome.added += step.finished.count
                outcome.removed += step.finished.count { $0.replaces != nil }
            }
        }
        try writer.append(.batchEnd, metadata: [])
        try writer.reload()
        outcome.processedTokens += keys.processedTokens
    }

    private static func isAsNamed(_ entry: IndexedDocument, _ source: Document) -> Bool {
        let place = DocumentPlace(source)
        if case .standardInput = source { return false }
        return place.path == entry.path && place.bytes == entry.bytes && place.modified == entry.modified
    }

    /// A text in memory that the index holds already.
    private static func isSame(_ source: Document, _ entry: IndexedDocument) -> Bool {
        guard case .text(let text, _) = source, text.utf8.count == entry.bytes else { return false }
        return entry.checksum == Array(text.utf8).withUnsafeBytes { Checksum.crc32c($0) }
    }
}
