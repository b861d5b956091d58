/// A document as an index knows it.
public struct IndexedDocument: Sendable, Hashable {
    /// Its number in the index, never given to another one between two compactions.
    public let id: UInt32
    /// The name that evidence carries.
    public let name: String
    /// Where the file is, from the root; empty for a text that was no file.
    public let path: String
    /// Bytes of the file when it was read; of a stream, 0 before its end.
    public internal(set) var bytes: Int
    /// When the file was last changed, in microseconds since 1970; 0 for a text that was no file.
    public let modified: Int64
    /// CRC-32C of its bytes; 0 before it is read to its end.
    public internal(set) var checksum: UInt32
    /// Its tokens; 0 before it is read to its end.
    public internal(set) var tokens: Int
    /// Whether it is read to its end. Others are not searched.
    public internal(set) var isFinished: Bool
    /// The earlier version of the document, which counts until this one is finished.
    let replaces: UInt32?
}

/// Lists of documents as records hold them.
extension IndexedDocument {
    private static let none = UInt32.max

    /// The metadata of a batch record.
    static func batch(_ documents: [IndexedDocument]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(UInt32(documents.count))
        for document in documents {
            writer.write(document.id)
            writer.write(document.replaces ?? none)
            writer.write(UInt64(document.bytes))
            writer.write(document.modified)
            writer.write(document.name)
            writer.write(document.path)
        }
        return writer.bytes
    }

    /// Reads the metadata of a batch record.
    static func batch(_ bytes: UnsafeRawBufferPointer) throws(ByteReader.Failure) -> [IndexedDocument] {
        var reader = ByteReader(bytes)
        let count = try reader.readCount(UInt32.self, limit: reader.remaining / 32)
        var documents: [IndexedDocument] = []
        for _ in 0..<count {
            let id = try reader.read(UInt32.self)
            let replaces = try reader.read(UInt32.self)
            let bytes = try reader.readCount(UInt64.self, limit: .max)
            let modified = try reader.read(Int64.self)
            let name = try reader.readText()
            documents.append(
                IndexedDocument(
                    id: id, name: name, path: try reader.readText(), bytes: bytes, modified: modified, checksum: 0,
                    tokens: 0, isFinished: false, replaces: replaces == none ? nil : replaces))
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
        }
        return writer.bytes
    }

    /// What a record of finished documents says of one of them.
    struct Ending {
        var id: UInt32
        var checksum: UInt32
        var bytes: Int
        var tokens: Int
    }

    /// Reads the metadata of a record of finished documents.
    static func endings(_ bytes: UnsafeRawBufferPointer) throws(ByteReader.Failure) -> [Ending] {
        var reader = ByteReader(bytes)
        let count = try reader.readCount(UInt32.self, limit: reader.remaining / 24)
        var endings: [Ending] = []
        for _ in 0..<count {
            endings.append(
                Ending(
                    id: try reader.read(), checksum: try reader.read(),
                    bytes: try reader.readCount(UInt64.self, limit: .max),
                    tokens: try reader.readCount(UInt64.self, limit: .max / 2)))
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
