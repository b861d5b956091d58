import Tensors

/// Streams a document's extracted text in blocks: bytes -> text -> blocks.
struct BlockReader {
    /// Leads from the text of the blocks back to the document.
    var map: SourceMap { decoder.map }
    /// Size and CRC-32C of the bytes read so far.
    private(set) var digest: (bytes: Int, checksum: UInt32) = (0, 0)

    private let name: String
    private var stream: ByteStream
    private var decoder = TextDecoder()
    /// Nil before enough of the text is known to tell its format.
    private var parser: (any BlockParser)?
    private var head: [UInt8] = []
    private var isAtEnd = false

    init(_ document: Document) throws(DocumentError) {
        name = document.name
        stream = try ByteStream(document)
    }

    /// The next blocks, perhaps none; nil behind the last ones.
    mutating func next() throws(DocumentError) -> [TextBlock]? {
        guard !isAtEnd else { return nil }
        guard let bytes = try stream.next() else {
            isAtEnd = true
            return take(decoder.finish()) + end()
        }
        digest = (digest.bytes + bytes.count, Checksum.crc32c(bytes, continuing: digest.checksum))
        return take(decoder.push(bytes))
    }

    /// Forgets what leads back from text before `text`.
    mutating func forgetMap(before text: Int) { decoder.forgetMap(before: text) }

    private mutating func take(_ text: [UInt8]) -> [TextBlock] {
        guard parser == nil else { return parser?.push(text) ?? [] }
        head += text
        return head.count < TextBlock.headSize ? [] : begin()
    }

    private mutating func begin() -> [TextBlock] {
        parser = TextFormat.detect(head.prefix(TextBlock.headSize), name: name).makeParser()
        defer { head = [] }
        return parser?.push(head) ?? []
    }

    private mutating func end() -> [TextBlock] { (parser == nil ? begin() : []) + (parser?.finish() ?? []) }
}
