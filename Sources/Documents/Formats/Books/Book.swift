import Foundation

/// Books (.epub).
enum Book {
    static func source(_ archive: ZipArchive, of bytes: DocumentBytes) throws(DocumentError) -> any BlockSource {
        let container = BookContainer()
        try XMLPart.read("META-INF/container.xml", of: archive, into: container)
        guard let path = container.path, archive.contains(path) else {
            throw .damaged(name: bytes.name, reason: "this book does not say what it is made of")
        }
        let parts = BookParts(path: path)
        try XMLPart.read(path, of: archive, into: parts)
        let chapters = parts.chapters.filter { archive.contains($0) }
        guard !chapters.isEmpty else { throw .damaged(name: bytes.name, reason: "no chapters are found in this book") }
        try checkIsOpen(archive, chapters, name: bytes.name)
        var titles: [String: String] = [:]
        if let path = parts.tableOfContents {
            let contents = BookTitles(path: path)
            try XMLPart.read(path, of: archive, into: contents)
            titles = contents.titles
        }
        return BookSource(archive, of: bytes, chapters: chapters.map { ($0, titles[$0]) })
    }

    /// Fonts are often encrypted, which harms nobody; a chapter that is can be read by its seller's programs only.
    private static func checkIsOpen(
        _ archive: ZipArchive, _ chapters: [String], name: String
    ) throws(DocumentError) {
        let encrypted = BookEncryption()
        try XMLPart.read("META-INF/encryption.xml", of: archive, into: encrypted)
        guard chapters.contains(where: { encrypted.paths.contains($0) }) else { return }
        throw .damaged(
            name: name, reason: "its text is locked by its seller (DRM); it can be read without that protection only")
    }
}

/// The parts of a book that are encrypted.
private final class BookEncryption: XMLContent {
    var paths: Set<String> = []

    func open(_ name: String, _ attributes: XMLAttributes) {
        guard name == "CipherReference", let path = attributes["URI"], paths.count < 100_000 else { return }
        paths.insert(path.removingPercentEncoding ?? path)
    }

    func close(_ name: String) {}
    func text(_ text: UnsafeBufferPointer<UInt8>) {}
}
