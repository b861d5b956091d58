import Documents
import Foundation
import ModelFormat
import Passages
import Synchronization
import SystemPackage
import Tensors
import Tokenization
import Transformer

/// A language model's keys of documents that it has read, in a file: questions are put to it without reading the documents
/// again. See ``IndexBuilder``.
///
/// An object shows the index as it was when opened, whatever a writer appends meanwhile. Files are read, not locked.
public final class AttentionIndex: Sendable {
    /// Where it is.
    public let path: String
    /// The name of the model that it was built with.
    public var model: String { description.model }
    /// The name of the retrieval profile that it was built with.
    public var profileName: String { description.profileName }
    /// The retrieval profile that it was built with, as JSON.
    package var profileJSON: String { description.profile }
    /// Document tokens of a window at most.
    package var window: Int { description.window }
    /// How the texts were cut.
    package var segmentation: Segmentation { description.segmentation }
    /// How its keys are stored.
    public var keyFormat: KeyFormat { description.keyFormat }
    /// The documents that are searched, in the order in which they were added.
    public var documents: [IndexedDocument] { catalog.liveDocuments }
    /// Documents that were not read to their end, because the build was interrupted.
    public var unfinishedDocuments: [IndexedDocument] { catalog.unfinishedDocuments }
    /// Sizes of the file.
    public let sizes: Sizes

    let description: IndexDescription
    package let catalog: IndexCatalog
    private let file: IndexFile
    /// The threads that scan.
    package let pool: ThreadPool
    private let counted = Mutex<PassageFrequencies?>(nil)

    /// Counts of what an index holds.
    public struct Sizes: Sendable, Hashable {
        /// Bytes of the file that hold something.
        public var bytes = 0
        /// Bytes at its end of a record that was being written when its writer was ended.
        public var incompleteBytes = 0
        /// Windows, those that no longer count included.
        public var windows = 0
        /// Tokens of the documents that are searched.
        public var tokens = 0
        /// Tokens in windows of documents that no longer count, or do not count yet.
        public var deadTokens = 0
    }

    /// Opens an index and checks everything but the keys themselves, which ``verify()`` reads.
    /// - Parameter threads: Threads that scan keys; they change nothing but the time.
    /// - Throws: ``IndexError``.
    public init(path: String, threads: Int = ThreadPool.hardwareThreads) throws {
        self.path = path
        pool = ThreadPool.shared(threads: threads)
        file = try IndexFile.open(path: path)
        description = file.description
        catalog = try IndexCatalog(file)
        var sizes = Sizes()
        sizes.bytes = file.end
        sizes.incompleteBytes = file.incompleteBytes
        sizes.windows = catalog.windows.count
        for window in catalog.windows {
            for index in window.passages.indices {
                let count = window.tokens(ofPassage: index).count
                if catalog.isLive(window.document(ofPassage: index)) {
                    sizes.tokens += count
                } else {
                    sizes.deadTokens += count
                }
            }
        }
        self.sizes = sizes
    }

    /// Checks that questions of this model and recipe can be put to the stored keys.
    /// - Throws: ``IndexError/doesNotMatch(path:reason:)``; ``IndexError/empty(path:)`` where nothing is searched.
    package func checkServes(_ recipe: IndexRecipe, model: any IndexableModel) throws {
        try description.checkServes(IndexDescription(model: model, recipe: recipe), path: path)
        guard sizes.tokens > 0 else {
            throw IndexError.empty(path: path, isBegun: !unfinishedDocuments.isEmpty)
        }
    }

    /// Whether each document is to be searched for questions to some of them.
    package func search(_ filter: DocumentFilter) -> (UInt32) -> Bool {
        if filter == DocumentFilter() { return catalog.isLive }
        let meant = Set(documents.filter { $0.isMeant(by: filter) }.map(\.id))
        return meant.contains
    }

    /// Reads the whole file and checks every byte against its checksum.
    /// - Throws: ``IndexError/damaged(path:offset:reason:)``, or `CancellationError`.
    public func verify() throws { try file.verifyData() }

    /// Marks documents as removed, by their names or paths. They take room until the index is compacted.
    /// - Returns: How many were removed.
    /// - Throws: ``IndexError/unknownDocument(path:name:)`` where there is none of a name; then nothing is removed.
    public static func remove(_ names: [String], from path: String) throws -> Int {
        let writer = try IndexWriter(path: path, description: nil)
        let documents = writer.catalog.liveDocuments + writer.catalog.unfinishedDocuments
        var removed: [UInt32] = []
        for name in names {
            let place = DocumentPlace.absolute(FilePath(name))
            let found = documents.filter { $0.name == name || $0.path?.starts(with: place) == true }
            guard !found.isEmpty else { throw IndexError.unknownDocument(path: path, name: name) }
            removed += found.map(\.id)
        }
        let unique = Set(removed).sorted()
        try writer.append(.removal, metadata: IndexedDocument.removal(unique))
        return unique.count
    }

    /// In how many passages of the searched documents each token stands; counted once.
    package func frequencies(vocabulary: Int) -> PassageFrequencies {
        counted.withLock { counted in
            if let counted { return counted }
            let frequencies = PassageFrequencies(
                of: catalog.windows, vocabulary: vocabulary, isSearched: catalog.isLive)
            counted = frequencies
            return frequencies
        }
    }
}

extension IndexedDocument {
    /// Whether a filter stands for the document: by the name that it is shown with.
    fileprivate func isMeant(by filter: DocumentFilter) -> Bool {
        let seconds = Double(modified) / 1e9
        return filter.allows(path: Array(name.utf8)) && filter.allows(modified: Date(timeIntervalSince1970: seconds))
            && (filter.kinds.isEmpty || filter.kinds.contains(kind)) && filter.maxBytes.map { bytes <= $0 } != false
    }
}
