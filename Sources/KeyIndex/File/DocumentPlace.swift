import Documents
import Foundation

/// Where a document is, and what tells whether it has changed.
struct DocumentPlace: Hashable {
    /// The file from the root; empty for a text that is no file.
    var path = ""
    /// Bytes, 0 where they are not known before the end.
    var bytes = 0
    /// The time of the last change in microseconds since 1970, 0 for a text that is no file.
    var modified: Int64 = 0

    init(_ document: Document) {
        switch document {
        case .standardInput: break
        case .text(let text, _): bytes = text.utf8.count
        case .file(let name):
            path = URL(fileURLWithPath: name).standardizedFileURL.path
            // A file that is missing is an error when it is read.
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            bytes = (attributes?[.size] as? NSNumber)?.intValue ?? 0
            if let date = attributes?[.modificationDate] as? Date {
                modified = Int64((date.timeIntervalSince1970 * 1e6).rounded())
            }
        }
    }

    /// Whether a document of an index is the one that is here now.
    func isUnchanged(_ document: IndexedDocument) -> Bool {
        path == document.path && !path.isEmpty && bytes == document.bytes && modified == document.modified
    }
}
