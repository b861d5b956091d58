import Documents
import Foundation
import Passages
import Transformer

/// Builds attention indexes and keeps them up to date.
///
/// All work is committed window by window: whatever ends the process, at most one window is read again, and calling the
/// same function again goes on from there.
public struct IndexBuilder: Sendable {
    /// The model whose keys are stored.
    public let model: any IndexableModel
    /// The name of the retrieval profile that says which.
    public var profileName: String { description.profileName }
    let description: IndexDescription

    /// - Throws: ``IndexError/modelWithoutKeys(name:)``.
    package init(model: any LanguageModel, recipe: IndexRecipe) throws {
        guard let model = model as? any IndexableModel else { throw IndexError.modelWithoutKeys(name: model.name) }
        self.model = model
        description = try IndexDescription(model: model, recipe: recipe)
    }

    /// Makes an index of documents, or finishes one of the same documents that was interrupted.
    /// - Throws: ``IndexError/holdsOtherDocuments(path:name:)`` where the index holds others.
    public func build(
        _ path: String, from documents: [Document], report: (ReadingProgress) -> Void = { _ in }
    ) throws -> IndexChange {
        let writer = try IndexWriter(path: path, description: description)
        let given = Set(documents.map { DocumentPlace($0).key })
        let held = writer.catalog.liveDocuments + writer.catalog.unfinishedDocuments
        if let other = held.first(where: { !given.contains($0.key) }) {
            throw IndexError.holdsOtherDocuments(path: path, name: other.name)
        }
        return try add(documents, to: writer, report: report)
    }

    /// Adds documents to an index. Files that it holds unchanged are left out; changed ones are read again.
    public func add(
        _ documents: [Document], to path: String, report: (ReadingProgress) -> Void = { _ in }
    ) throws -> IndexChange {
        try add(documents, to: open(path), report: report)
    }

    /// Brings the part of an index that stands for the given files and folders up to date: adds new files, reads changed ones again,
    /// follows those that were renamed or moved, removes those that are gone. What cannot be read now is kept as it is.
    /// - Parameter filter: Which files of folders belong into the index.
    /// - Throws: ``IndexError/missingRoot(name:)`` where one of `folders` is not there; then nothing is changed.
    public func update(
        _ folders: [String], in path: String, filter: DocumentFilter = DocumentFilter(),
        report: (ReadingProgress) -> Void = { _ in }
    ) throws -> IndexChange {
        let writer = try open(path)
        let update = try IndexUpdate(
            of: folders, filter: filter, held: writer.catalog.liveDocuments + writer.catalog.unfinishedDocuments)
        if !update.moved.isEmpty {
            try writer.append(.moved, metadata: IndexedDocument.batch(update.moved, in: writer.file.folder))
        }
        if !update.gone.isEmpty { try writer.append(.removal, metadata: IndexedDocument.removal(update.gone)) }
        try writer.reload()
        var outcome = try add(update.list.documents, to: writer, report: report)
        outcome.removed += update.gone.count
        outcome.moved += update.moved.count
        outcome.unchanged -= update.moved.count
        outcome.omissions = update.list.omissions + outcome.omissions
        return outcome
    }

    /// Writes the index anew without what no longer counts, and puts it in place of the old one in one step.
    ///
    /// Windows that hold nothing else are copied; of the others the passages that still count are read again.
    /// - Returns: Bytes before and after.
    public func compact(
        _ path: String, report: (ReadingProgress) -> Void = { _ in }
    ) throws -> (before: Int, after: Int) {
        let writer = try open(path)
        return try IndexCompaction(model: model, writer: writer).run(report: report)
    }

    func open(_ path: String) throws -> IndexWriter {
        let writer = try IndexWriter(path: path, description: nil)
        try writer.description.checkServes(description, path: path)
        return writer
    }

    private func add(
        _ documents: [Document], to writer: IndexWriter, report: (ReadingProgress) -> Void
    ) throws -> IndexChange {
        var outcome = IndexChange()
        let start = ContinuousClock.now
        let resumed = try IndexBatch.interrupted(in: writer, given: documents)
        if let resumed { try resumed.run(model, writer, report: report, outcome: &outcome) }
        let resumedDocuments = Set(resumed?.documents.map(\.entry.id) ?? [])
        let batch = try IndexBatch.new(of: documents, in: writer, resumed: resumedDocuments, outcome: &outcome)
        if let batch { try batch.run(model, writer, report: report, outcome: &outcome) }
        outcome.seconds = (ContinuousClock.now - start) / .seconds(1)
        return outcome
    }
}
