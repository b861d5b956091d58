import Documents
import Foundation
import SystemPackage

/// What has become of the documents of an index that stand in some folders.
struct IndexUpdate {
    /// Everything that is there to be read, what the index holds unchanged among it, and what was left out.
    private(set) var list = DocumentList()
    /// Documents of the index that are found elsewhere, as they are there.
    private(set) var moved: [IndexedDocument] = []
    /// Documents of the index that are not there any more.
    private(set) var gone: [UInt32] = []

    /// Looks at folders and files, and changes nothing.
    /// - Throws: ``IndexError/missingRoot(name:)``: a disk that is not mounted must not empty an index; ``DocumentError``.
    init(of roots: [String], filter: DocumentFilter, held: [IndexedDocument]) throws {
        for root in roots {
            guard (try? Stat(FilePath(root))) != nil else { throw IndexError.missingRoot(name: root) }
            try list.add(FilePath(root), filter: filter)
        }
        let places = list.documents.map { DocumentPlace($0) }
        let present = Set(places.map(\.key))
        let known = Set(held.map(\.key))
        let folders = roots.map { DocumentPlace.absolute(FilePath($0)) }
        var arrived = zip(list.documents, places).filter { !known.contains($1.key) }
        for document in held {
            guard let path = document.path, !present.contains(document.key), folders.contains(where: path.starts)
            else { continue }
            guard Self.isGone(path) || list.leavesOut(path) else {
                // It is there, or may be, and cannot be read now: what the index has of it stays.
                list.omissions.append(
                    Omission(
                        .skipped, document.name, reason: "it cannot be read now; the index keeps what it has of it"))
                continue
            }
            if let index = arrived.firstIndex(where: { document.hasContent(of: $0, at: $1) }) {
                let (source, place) = arrived.remove(at: index)
                moved.append(document.at(place, name: source.name))
            } else {
                gone.append(document.id)
            }
        }
    }

    /// Whether nothing is at a path, and that is sure: a folder that cannot be entered hides what is in it.
    private static func isGone(_ path: FilePath) -> Bool {
        do {
            _ = try Stat(path, followTargetSymlink: false)
            return false
        } catch {
            return error as? Errno == .noSuchFileOrDirectory || error as? Errno == .notDirectory
        }
    }
}

extension DocumentList {
    /// Whether somebody wants a path to be left out: a rule or a filter names it, or a folder that it is in.
    fileprivate func leavesOut(_ path: FilePath) -> Bool {
        omissions.contains { $0.kind == .ignored && path.starts(with: DocumentPlace.absolute(FilePath($0.document))) }
    }
}
