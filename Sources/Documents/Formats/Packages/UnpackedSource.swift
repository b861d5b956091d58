/// The blocks of a compressed document: those of what is in it, as if it were not compressed.
struct UnpackedSource: BlockSource {
    /// Gives the blocks of bytes of any format.
    typealias Open = (DocumentBytes) throws(DocumentError) -> any BlockSource

    private let packed: PackedBytes
    private var source: any BlockSource

    /// Of a file of gzip.
    init(gzip bytes: DocumentBytes, open: Open) throws(DocumentError) {
        packed = PackedBytes(bytes)
        source = try Self.open(GzipStream(packed), of: packed, open)
    }

    /// Of a file of xz.
    init(xz bytes: DocumentBytes, open: Open) throws(DocumentError) {
        packed = PackedBytes(bytes)
        source = try Self.open(XZStream(packed), of: packed, open)
    }

    private static func open(
        _ stream: any ByteStream, of packed: PackedBytes, _ open: Open
    ) throws(DocumentError) -> any BlockSource {
        try PackingDepth.check(packed.depth, name: packed.name)
        return try open(DocumentBytes(unpacking: stream, name: name(within: packed.name), depth: packed.depth))
    }

    /// The name of what is in it: `notes.txt` in `notes.txt.gz`.
    private static func name(within name: String) -> String {
        for (ending, replacement) in [(".gz", ""), (".xz", ""), (".tgz", ".tar"), (".txz", ".tar")]
        where name.lowercased().hasSuffix(ending) {
            return name.dropLast(ending.count) + replacement
        }
        return name
    }

    var kind: String? { source.kind }

    mutating func next() throws(DocumentError) -> [TextBlock]? { try source.next() }

    mutating func takeOmissions() -> [Omission] {
        source.takeOmissions().map {
            var omission = $0
            omission.document = packed.name
            return omission
        }
    }

    var digest: (bytes: Int, checksum: UInt32) { packed.digest }
}
