import Documents
import Passages
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
        let sources = Dictionary(given.map { (DocumentPlace($0).key, $0) }) { first, _ in first }
        let documents = pending.compactMap { entry in
            (sources[entry.key] ?? entry.path.map { .file($0) }).map { (entry: entry, source: $0) }
        }
        let areUnchanged =
            documents.count == pending.count
            && documents.allSatisfy { $0.source.source != .standardInput && isAsNamed($0.entry, $0.source) }
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
        var touched: [IndexedDocument] = []
        var next = writer.catalog.nextDocument
        let held = Dictionary(writer.catalog.liveDocuments.map { ($0.key, $0) }) { $1 }
        var named: Set<DocumentKey> = []
        for source in given {
            let place = DocumentPlace(source)
            guard named.insert(place.key).inserted else {
                // The same file twice is read once; two texts of one name could not be told apart later.
                guard place.path == nil else { continue }
                throw IndexError.ambiguousName(source.name)
            }
            let earlier = held[place.key]
            if let earlier, earlier.seemsUnchanged(at: place) || earlier.hasContent(of: source, at: place) {
                if !earlier.seemsUnchanged(at: place), place.path != nil { touched.append(earlier.at(place)) }
                if !resumed.contains(earlier.id) { outcome.unchanged += 1 }
                continue
            }
            documents.append(
                (
                    IndexedDocument(
                        id: next, name: source.name, path: place.path, bytes: place.bytes, modified: place.modified,
                        changed: place.changed, replaces: earlier?.id), source
                ))
            next += 1
        }
        if !touched.isEmpty {
            try writer.append(.moved, metadata: IndexedDocument.batch(touched, in: writer.file.folder))
        }
        guard !documents.isEmpty else { return nil }
        try writer.append(.batch, metadata: IndexedDocument.batch(documents.map(\.entry), in: writer.file.folder))
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
        if !reading.outdated.isEmpty {
            try writer.append(.removal, metadata: IndexedDocument.removal(reading.outdated))
            outcome.removed += reading.outdated.count
        }
        try writer.append(.batchEnd, metadata: [])
        try writer.reload()
        outcome.omissions += reading.omissions
        outcome.processedTokens += keys.processedTokens
    }

    private static func isAsNamed(_ entry: IndexedDocument, _ source: Document) -> Bool {
        let place = DocumentPlace(source)
        return place.key == entry.key && place.bytes == entry.bytes && place.modified == entry.modified
            && place.changed == entry.changed
    }
}

extension IndexedDocument {
    /// The document at another place, or with other times.
    func at(_ place: DocumentPlace, name: String? = nil) -> IndexedDocument {
        var document = self
        document.name = name ?? self.name
        document.path = place.path
        document.modified = place.modified
        document.changed = place.changed
        return document
    }
}
