import Documents
import SystemPackage

/// A document as an index knows it.
public struct IndexedDocument: Sendable, Hashable {
    /// Its number in the index, never given to another one between two compactions.
    public let id: UInt32
    /// The name that evidence carries: of a file, a path that leads there from the process's folder.
    public internal(set) var name: String
    /// Where the file is, from the root; nil for a text that was no file.
    public internal(set) var path: FilePath?
    /// The name of its format: `pdf`, `markdown`; empty before it is read to its end.
    public internal(set) var kind = ""
    /// Bytes of the file when it was read; of a stream, 0 before its end.
    public internal(set) var bytes: Int
    /// When its bytes were last changed, in nanoseconds since 1970; 0 for a text that was no file.
    public internal(set) var modified: Int64
    /// When anything about the file was last changed, likewise.
    public internal(set) var changed: Int64
    /// CRC-32C of its bytes; 0 before it is read to its end.
    public internal(set) var checksum: UInt32 = 0
    /// Its tokens; 0 before it is read to its end.
    public internal(set) var tokens = 0
    /// Whether it is read to its end. Others are not searched.
    public internal(set) var isFinished = false
    /// The earlier version of the document, which counts until this one is finished.
    let replaces: UInt32?

    var key: DocumentKey { DocumentKey(path: path, name: name) }

    /// Whether size and times say that it is the file that is at its place now.
    func seemsUnchanged(at place: DocumentPlace) -> Bool {
        place.path != nil && bytes == place.bytes && modified == place.modified && changed == place.changed
    }

    /// Whether its bytes are those of what is at a place; reads them where the size does not tell.
    func hasContent(of source: Document, at place: DocumentPlace) -> Bool {
        guard bytes == place.bytes, isFinished, var content = try? DocumentBytes(source) else { return false }
        do {
            while try content.next() != nil {}
        } catch {
            return false
        }
        return content.digest == (bytes, checksum)
    }
}

/// Lists of documents as records hold them.
extension IndexedDocument {
    private static let none = UInt32.max

    /// The metadata of a record of documents that are read next, or of such that are found elsewhere or touched.
    static func batch(_ documents: [IndexedDocument], in folder: IndexFolder) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(UInt32(documents.count))
        for document in documents {
            writer.write(document.id)
            writer.write(document.replaces ?? none)
            writer.write(UInt64(document.bytes))
            writer.write(document.modified)
            writer.write(document.changed)
            writer.write(document.name)
            writer.write(text: document.path.map(folder.kept) ?? [])
        }
        return writer.bytes
    }

    /// Reads such a record.
    static func batch(
        _ bytes: UnsafeRawBufferPointer, in folder: IndexFolder
    ) throws(ByteReader.Failure) -> [IndexedDocument] {
        var reader = ByteReader(bytes)
        let count = try reader.readCount(UInt32.self, limit: reader.remaining / 40)
        var documents: [IndexedDocument] = []
        for _ in 0..<count {
            let id = try reader.read(UInt32.self)
            let replaces = try reader.read(UInt32.self)
            let bytes = try reader.readCount(UInt64.self, limit: .max)
            let modified = try reader.read(Int64.self)
            let changed = try reader.read(Int64.self)
            let name = try reader.readText()
            let kept = try reader.readBytes()
            let path = kept.isEmpty ? nil : folder.path(ofKept: kept)
            documents.append(
                IndexedDocument(
                    id: id, name: path.map { IndexFolder.name(of: $0, given: name) } ?? name, path: path, bytes: bytes,
                    modified: modified, changed: changed, replaces: replaces == none ? nil : replaces))
        }
        return documents
    }

    /// The metadata of a record of finished documents.
    static func finished(_ documents: [IndexedDocument]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(UInt32(documents.count))
        for document in documents {
            writer.write(document.id)
            writer.write(document.checksum)
            writer.write(UInt64(document.bytes))
            writer.write(UInt64(document.tokens))
            writer.write(document.kind)
        }
        return writer.bytes
    }

    /// What a record of finished documents says of one of them.
    struct Ending {
        var id: UInt32
        var checksum: UInt32
        var bytes: Int
        var tokens: Int
        var kind: String
    }

    /// Reads the metadata of a record of finished documents.
    static func endings(_ bytes: UnsafeRawBufferPointer) throws(ByteReader.Failure) -> [Ending] {
        var reader = ByteReader(bytes)
        let count = try reader.readCount(UInt32.self, limit: reader.remaining / 28)
        var endings: [Ending] = []
        for _ in 0..<count {
            endings.append(
                Ending(
                    id: try reader.read(), checksum: try reader.read(),
                    bytes: try reader.readCount(UInt64.self, limit: .max),
                    tokens: try reader.readCount(UInt64.self, limit: .max / 2), kind: try reader.readText()))
        }
        return endings
    }

    /// The metadata of a removal record.
    static func removal(_ documents: [UInt32]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(UInt32(documents.count))
        for id in documents { writer.write(id) }
        return writer.bytes
    }

    /// Reads the metadata of a removal record.
    static func removed(_ bytes: UnsafeRawBufferPointer) throws(ByteReader.Failure) -> [UInt32] {
        var reader = ByteReader(bytes)
        let count = try reader.readCount(UInt32.self, limit: reader.remaining / 4)
        var ids: [UInt32] = []
        for _ in 0..<count { ids.append(try reader.read()) }
        return ids
    }
}
