import Foundation

extension Document {
    /// The documents that a path stands for: the file itself, or every file below a folder in the order of their paths.
    ///
    /// Hidden files and folders are left out, and so are files in a folder whose first bytes are not text: a folder
    /// of sources holds pictures and archives too. A single file that is not text is an error only when it is read.
    ///
    /// - Throws: ``DocumentError`` where nothing is at `path`, or nothing readable is below it.
    public static func documents(at path: String) throws(DocumentError) -> [Document] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .notFound(name: path)
        }
        guard isFolder.boolValue else { return [.file(path: path)] }
        guard
            let walk = FileManager.default.enumerator(
                at: URL(fileURLWithPath: path), includingPropertiesForKeys: [.isRegularFileKey],
                options: [.skipsHiddenFiles])
        else { throw .unreadable(name: path, reason: "the folder cannot be listed") }
        let base = path.hasSuffix("/") ? path : path + "/"
        let root = URL(fileURLWithPath: path).standardizedFileURL.path + "/"
        var found: [String] = []
        for case let url as URL in walk {
            guard (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true else { continue }
            let full = url.standardizedFileURL.path
            found.append(full.hasPrefix(root) ? base + full.dropFirst(root.count) : full)
        }
        let documents = found.sorted().map { Document.file(path: $0) }
        guard !documents.isEmpty else {
            throw .unreadable(name: path, reason: "there is no text file in this folder")
        }
        return documents
    }
}
