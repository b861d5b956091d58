/// The bytes of a packed document, read by what unpacks them, while others ask how far that came.
final class PackedBytes: ByteStream {
    private var bytes: DocumentBytes

    init(_ bytes: DocumentBytes) { self.bytes = bytes }

    var name: String { bytes.name }
    var depth: Int { bytes.depth }
    var digest: (bytes: Int, checksum: UInt32) { bytes.digest }

    func next() throws(DocumentError) -> [UInt8]? { try bytes.next() }

    func file() throws(DocumentError) -> ByteFile { try bytes.file() }
}
