/// What a ZIP archive holds: a document of its own, or files.
enum ZipContent {
    typealias Open = (DocumentBytes) throws(DocumentError) -> any BlockSource

    /// What gives its blocks.
    static func source(
        of bytes: DocumentBytes, open: @escaping Open
    ) throws(DocumentError) -> any BlockSource {
        var bytes = bytes
        let archive = try ZipArchive(bytes.file())
        if let main = try officePart(of: archive) { return try office(archive, of: bytes, main: main) }
        if archive.contains("content.xml"), let type = try openDocumentType(of: archive) {
            return try openDocument(archive, of: bytes, type: type)
        }
        if archive.contains("META-INF/container.xml") { return try Book.source(archive, of: bytes) }
        if archive.contains("Index/Document.iwa") || archive.contains("Index.zip") {
            throw .unsupported(
                name: bytes.name,
                reason: "this is a document of Pages, Numbers or Keynote; export it as PDF or for Office")
        }
        return try ArchiveSource(zip: archive, of: bytes, open: open)
    }

    /// The main part of an Office document; nil where it is none.
    private static func officePart(of archive: ZipArchive) throws(DocumentError) -> String? {
        guard archive.contains("[Content_Types].xml") else { return nil }
        let named = try Relationships(of: "", in: archive).byType["officeDocument"]
        let usual = ["word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"]
        return ((named.map { [$0] } ?? []) + usual).first { archive.contains($0) }
    }

    private static func office(
        _ archive: ZipArchive, of bytes: DocumentBytes, main: String
    ) throws(DocumentError) -> any BlockSource {
        if main.hasSuffix(".bin") {
            throw .unsupported(name: bytes.name, reason: "this is a binary workbook (.xlsb); save it as .xlsx first")
        }
        switch main.split(separator: "/").first {
        case "xl": return try Workbook.source(archive, of: bytes, part: main)
        case "ppt": return try Presentation.source(archive, of: bytes, part: main)
        default: return try WordDocument.source(archive, of: bytes, part: main)
        }
    }

    private static func openDocumentType(of archive: ZipArchive) throws(DocumentError) -> String? {
        guard let bytes = try archive.read("mimetype", atMost: 1 << 12) else { return nil }
        let type = String(decoding: bytes, as: UTF8.self)
        let start = "application/vnd.oasis.opendocument."
        return type.hasPrefix(start) ? String(type.dropFirst(start.count)) : nil
    }

    private static func openDocument(
        _ archive: ZipArchive, of bytes: DocumentBytes, type: String
    ) throws(DocumentError) -> any BlockSource {
        if let manifest = try archive.read("META-INF/manifest.xml"), manifest.contains("encryption-data") {
            throw .damaged(
                name: bytes.name, reason: "it is locked with a password; open it and save it without one")
        }
        let isSheets = type.hasPrefix("spreadsheet")
        let part = PackagePart(path: "content.xml") {
            if isSheets { OpenDocumentSheets() } else { OpenDocumentText() }
        }
        return PackageSource(archive, of: bytes, parts: [part])
    }
}

extension [UInt8] {
    /// Whether a text stands somewhere in the bytes.
    fileprivate func contains(_ text: String) -> Bool {
        let text = Array(text.utf8)
        return indices.contains { self[$0...].starts(with: text) }
    }
}
