/// What the records of an index add up to.
package struct IndexCatalog: Sendable {
    /// All documents ever named, by their number.
    package private(set) var documents: [UInt32: IndexedDocument] = [:]
    /// In the order in which they were named.
    private var order: [UInt32] = []
    private var removed: Set<UInt32> = []
    package private(set) var windows: [WindowBlock] = []
    /// The documents of a batch that is not done.
    private(set) var openBatch: [UInt32] = []
    /// Passages that windows hold, by document.
    private(set) var passageCounts: [UInt32: Int] = [:]
    /// The number of the next document.
    private(set) var nextDocument: UInt32 = 0
    /// For each window the record that holds it.
    private(set) var windowRecords: [IndexFile.Entry] = []

    /// - Throws: ``IndexError/damaged(path:offset:reason:)``.
    init(_ file: IndexFile) throws {
        for record in file.records {
            do {
                try take(record, of: file)
            } catch let failure {
                throw IndexError.damaged(path: file.path, offset: record.metadata.lowerBound, reason: failure.reason)
            }
        }
    }

    private mutating func take(_ record: IndexFile.Entry, of file: IndexFile) throws(ByteReader.Failure) {
        switch record.kind {
        case .description, .optional: break
        case .batch: try begin(IndexedDocument.batch(file.metadata(record), in: file.folder))
        case .moved: try move(IndexedDocument.batch(file.metadata(record), in: file.folder))
        case .window:
            let layout = file.description.layout
            let window = try WindowBlock(file: file.bytes, metadata: record.metadata, data: record.data, layout: layout)
            for index in window.passages.indices {
                let document = window.document(ofPassage: index)
                guard documents[document] != nil else {
                    throw ByteReader.Failure(reason: "a window of an unknown document")
                }
                passageCounts[document, default: 0] += 1
            }
            windows.append(window)
            windowRecords.append(record)
        case .finished: try finish(IndexedDocument.endings(file.metadata(record)))
        case .removal: removed.formUnion(try IndexedDocument.removed(file.metadata(record)))
        case .batchEnd: openBatch = []
        }
    }

    private mutating func begin(_ batch: [IndexedDocument]) throws(ByteReader.Failure) {
        for document in batch {
            guard documents[document.id] == nil, document.id < UInt32.max else {
                throw ByteReader.Failure(reason: "a document is named twice")
            }
            documents[document.id] = document
            order.append(document.id)
            nextDocument = max(nextDocument, document.id + 1)
        }
        openBatch = batch.map(\.id)
    }

    private mutating func move(_ batch: [IndexedDocument]) throws(ByteReader.Failure) {
        for moved in batch {
            guard var document = documents[moved.id] else {
                throw ByteReader.Failure(reason: "another place of an unknown document")
            }
            (document.name, document.path) = (moved.name, moved.path)
            (document.modified, document.changed) = (moved.modified, moved.changed)
            documents[moved.id] = document
        }
    }

    private mutating func finish(_ endings: [IndexedDocument.Ending]) throws(ByteReader.Failure) {
        for ending in endings {
            guard var document = documents[ending.id] else {
                throw ByteReader.Failure(reason: "the end of an unknown document")
            }
            document.bytes = ending.bytes
            document.checksum = ending.checksum
            document.tokens = ending.tokens
            document.kind = ending.kind
            document.isFinished = true
            documents[ending.id] = document
            if let earlier = document.replaces { removed.insert(earlier) }
        }
    }

    /// Whether a document is searched.
    package func isLive(_ id: UInt32) -> Bool { documents[id]?.isFinished == true && !removed.contains(id) }

    /// The documents that are searched, in the order in which they came.
    var liveDocuments: [IndexedDocument] { order.filter(isLive).compactMap { documents[$0] } }

    /// Documents of a batch that was interrupted.
    var unfinishedDocuments: [IndexedDocument] {
        openBatch.compactMap { documents[$0] }.filter { !$0.isFinished && !removed.contains($0.id) }
    }
}
