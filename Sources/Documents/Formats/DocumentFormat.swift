/// What a document's bytes are: how its text is extracted.
///
/// A new format is a file with a ``BlockSource``, or a ``BlockParser`` where it is text, and a case here or in
/// ``TextFormat``.
package enum DocumentFormat: String, Sendable, CaseIterable {
    /// Text of some kind, which ``TextFormat`` tells.
    case text
    /// A message or a mailbox of them.
    case mail

    /// The format of bytes, by their content first, then by their name.
    package static func detect(_ bytes: inout DocumentBytes) throws(DocumentError) -> DocumentFormat {
        let head = try bytes.head(headSize)
        if MailMessages.isOne(head, name: bytes.name) { return .mail }
        if !TextEncoding.looksLikeText(head), let zero = head.firstIndex(of: 0) {
            throw .binary(name: bytes.name, offset: zero - head.startIndex)
        }
        return .text
    }

    /// Bytes that formats are told by.
    private static let headSize = 1 << 13

    /// What gives the blocks of bytes of the format.
    package func source(_ bytes: DocumentBytes, encoding: TextEncoding?) throws(DocumentError) -> any BlockSource {
        switch self {
        case .text: TextBlocks(bytes, encoding: encoding)
        case .mail:
            try MailMessages(bytes) { (bytes) throws(DocumentError) in
                var bytes = bytes
                return try Self.detect(&bytes).source(bytes, encoding: nil)
            }
        }
    }
}
