import Files
import Foundation
import Passages
import Transformer

/// Writes an index anew without what no longer counts.
struct IndexCompaction {
    let model: any IndexableModel
    /// Holds the lock of the old file until the new one is in its place.
    let writer: IndexWriter

    func run(report: (ReadingProgress) -> Void) throws -> (before: Int, after: Int) {
        let catalog = writer.catalog
        let unfinished = catalog.unfinishedDocuments
        guard unfinished.isEmpty else {
            throw IndexError.unfinished(path: writer.path, documents: unfinished.count)
        }
        let newPath = writer.path + ".compacting"
        try? FileManager.default.removeItem(atPath: newPath)
        do {
            let after = try write(to: newPath, catalog: catalog, report: report)
            guard rename(newPath, writer.path) == 0 else {
                throw IndexError.inaccessible(path: writer.path, reason: SystemError.last.reason)
            }
            return (writer.file.end, after)
        } catch {
            try? FileManager.default.removeItem(atPath: newPath)
            throw error
        }
    }

    private func write(
        to path: String, catalog: IndexCatalog, report: (ReadingProgress) -> Void
    ) throws -> Int {
        let new = try IndexWriter(path: path, description: writer.description)
        let live = catalog.liveDocuments
        try new.append(.batch, metadata: IndexedDocument.batch(live, in: writer.file.folder))
        var partial: [Passage] = []
        for (window, record) in zip(catalog.windows, catalog.windowRecords) {
            try Task.checkCancellation()
            let kept = window.passages.indices.filter { catalog.isLive(window.document(ofPassage: $0)) }
            if kept.count == window.passages.count {
                try new.append(writer.file.bytes.buffer[record.range])
            } else {
                partial += kept.compactMap(window.passage)
            }
        }
        try readAgain(partial, into: new, report: report)
        try new.append(.finished, metadata: IndexedDocument.finished(live))
        try new.append(.batchEnd, metadata: [])
        try new.reload()
        return new.file.end
    }

    /// Puts passages from windows that have lost others into windows of their own.
    private func readAgain(
        _ passages: [Passage], into new: IndexWriter, report: (ReadingProgress) -> Void
    ) throws {
        let keys = WindowKeys(model: model, description: writer.description)
        let paragraphBreak = model.tokenizer.encode("\n\n")
        var progress = ReadingProgress()
        let start = ContinuousClock.now
        let windows = Window.packing(passages, size: writer.description.window, paragraphBreak: paragraphBreak)
        for window in windows {
            try Task.checkCancellation()
            // Passages carry the documents' numbers in the index already.
            let metadata = WindowBlock.metadata(of: window) { UInt32(truncatingIfNeeded: $0) }
            try new.append(.window, metadata: metadata, data: keys.data(of: window))
            progress.windows += 1
            progress.documentTokens += window.tokens.count
            progress.seconds = (ContinuousClock.now - start) / .seconds(1)
            report(progress)
        }
    }
}
