/// What a document's bytes are: how its text is extracted.
///
/// A new format is a file with a ``BlockSource``, or a ``BlockParser`` where it is text, and a case here or in ``TextFormat``.
enum DocumentFormat {
    /// Text of some kind, which ``TextFormat`` tells.
    case text
    /// A message or a mailbox of them.
    case mail
    /// Pages (ISO 32000).
    case pdf
    /// A ZIP archive, or a document that is one inside.
    case zip
    /// An archive of tar.
    case tar
    /// Something compressed.
    case gzip
    /// Something compressed.
    case xz

    /// The format of bytes, by their content first, then by their name.
    /// - Parameter encoding: Of text; nil where that is not known.
    private static func detect(
        _ bytes: inout DocumentBytes, encoding: TextEncoding? = nil
    ) throws(DocumentError) -> DocumentFormat {
        let head = try bytes.head(headSize)
        if let packed = packed(head) { return packed }
        if PDFBlocks.isOne(head) { return .pdf }
        try UnreadFormat.check(head, name: bytes.name)
        if MailMessages.isOne(head, name: bytes.name) { return .mail }
        if encoding == nil, !TextEncoding.looksLikeText(head) { throw .binary(name: bytes.name) }
        return .text
    }

    /// What is packed or compressed.
    private static func packed(_ head: ArraySlice<UInt8>) -> DocumentFormat? {
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return .zip }
        if head.starts(with: [0x1F, 0x8B, 0x08]) { return .gzip }
        if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return .xz }
        return TarMembers.isOne(head) ? .tar : nil
    }

    /// Bytes that formats are told by.
    private static let headSize = 1 << 13

    /// What gives the blocks of bytes of the format.
    private func source(_ bytes: DocumentBytes, encoding: TextEncoding?) throws(DocumentError) -> any BlockSource {
        /// Gives the blocks of what is packed in others.
        func open(_ bytes: DocumentBytes) throws(DocumentError) -> any BlockSource {
            try Self.source(bytes, encoding: encoding)
        }
        return switch self {
        case .text: TextBlocks(bytes, encoding: encoding)
        // Its parts say how they are encoded.
        case .mail: try MailMessages(bytes) { (part) throws(DocumentError) in try Self.source(part, encoding: nil) }
        case .pdf: try PDFBlocks(bytes)
        case .zip: try ZipContent.source(of: bytes, open: open)
        case .tar: try ArchiveSource(tar: bytes, open: open)
        case .gzip: try UnpackedSource(gzip: bytes, open: open)
        case .xz: try UnpackedSource(xz: bytes, open: open)
        }
    }

    /// What gives the blocks of bytes of whatever format.
    static func source(
        _ bytes: DocumentBytes, encoding: TextEncoding?
    ) throws(DocumentError) -> any BlockSource {
        var bytes = bytes
        return try detect(&bytes, encoding: encoding).source(bytes, encoding: encoding)
    }
}
