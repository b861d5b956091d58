/// Why an attention index could not be made, opened or asked.
public enum IndexError: Error, Equatable, CustomStringConvertible {
    /// Nothing is at the path.
    case notFound(path: String)
    /// The system refused to open or write it.
    case inaccessible(path: String, reason: String)
    /// The file is something else.
    case notAnIndex(path: String)
    /// Its making was interrupted before the first record was whole; `bytes` of that are there.
    case nothingStored(path: String, bytes: Int)
    /// The index was made by another version of this library.
    case unsupportedVersion(path: String, version: Int)
    /// The file does not hold what was written.
    case damaged(path: String, offset: Int, reason: String)
    /// Another process is writing to it.
    case locked(path: String)
    /// The index was made by another model, profile or instruction.
    case doesNotMatch(path: String, reason: String)
    /// The profile reads attention in a way that stored keys cannot serve.
    case unsupportedProfile(name: String, reason: String)
    /// The model gives no access to its keys.
    case modelWithoutKeys(name: String)
    /// `build` was asked to write where an index of other documents is.
    case holdsOtherDocuments(path: String, name: String)
    /// Compacting would lose what was read of documents that are not finished.
    case unfinished(path: String, documents: Int)
    /// Two texts that are no files were given with the same name.
    case ambiguousName(String)
    /// The index holds no document of that name.
    case unknownDocument(path: String, name: String)
    /// A folder or file that an update is to look at is not there.
    case missingRoot(name: String)
    /// No document of the index is one that was asked for.
    case nothingMeant(path: String)
    /// The index holds no finished document at all, or none with text; perhaps one that is begun.
    case empty(path: String, isBegun: Bool)

    /// One line that says what to do.
    public var description: String {
        switch self {
        case .notFound(let path): "\(path): no such index; make it with: infiniretri index build"
        case .inaccessible(let path, let reason): "\(path): \(reason)"
        case .notAnIndex(let path): "\(path): this is not an attention index; give the path of an .iridx file"
        case .nothingStored(let path, _):
            "\(path): the build of this index was interrupted before anything was stored; begin again with: "
                + "infiniretri index build"
        case .unsupportedVersion(let path, let version):
            "\(path): the index has format version \(version), which this version cannot read; remove the file and build it again "
                + "with: infiniretri index build \(path) FILES"
        case .damaged(let path, let offset, let reason):
            "\(path): the index is damaged at byte \(offset) (\(reason)); build it again"
        case .locked(let path): "\(path): another process is writing to the index; try again when it has finished"
        case .doesNotMatch(let path, let reason): "\(path): \(reason)"
        case .unsupportedProfile(let name, let reason): "retrieval profile \(name): \(reason)"
        case .modelWithoutKeys(let name): "the model \(name) gives no access to its keys, which an index stores"
        case .holdsOtherDocuments(let path, let name):
            "\(path): there is an index already, and it holds '\(name)', which is not among the files given; "
                + "use 'index add' or 'index update', or remove the file first"
        case .unfinished(let path, let documents):
            "\(path): \(documents) documents are not read to their end; finish with 'index build' or 'index add' first"
        case .ambiguousName(let name):
            "two texts are named '\(name)': give each a name of its own, by which evidence and removals tell them apart"
        case .unknownDocument(let path, let name):
            "\(path): the index holds no document '\(name)'; 'index list' shows what it holds"
        case .missingRoot(let name):
            "\(name): no such file or folder, so nothing was changed; where its documents are really gone, take them out with: "
                + "infiniretri index remove"
        case .nothingMeant(let path):
            "\(path): none of its documents is one that was asked for (--include, --exclude, --since, --until, --kind); "
                + "'index list' shows what it holds"
        case .empty(let path, let isBegun):
            isBegun
                ? "\(path): no document in this index is read to its end yet; finish it with 'index build' or 'index add'"
                : "\(path): there is no text in this index; fill it with 'index add' or 'index update'"
        }
    }
}
