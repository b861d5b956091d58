/// Makes text of tokens that come one by one: only whole characters, with U+FFFD for bytes that are none.
public struct StreamingDecoder: Sendable {
    private let tokenizer: Tokenizer
    private let controlTokens: Bool
    /// Bytes of a character that is not complete.
    private var held: [UInt8] = []
    private var isAtStart = true

    init(_ tokenizer: Tokenizer, controlTokens: Bool) {
        self.tokenizer = tokenizer
        self.controlTokens = controlTokens
    }

    /// Takes the next token.
    ///
    /// - Returns: the text that is complete by now; may be empty.
    public mutating func push(_ id: TokenID) -> String {
        push(CollectionOfOne(id))
    }

    /// Takes the next tokens.
    ///
    /// - Returns: the text that is complete by now; may be empty.
    public mutating func push(_ ids: some Sequence<TokenID>) -> String {
        for id in ids where controlTokens || !tokenizer.isControl(id) {
            var bytes = tokenizer.vocabularyBytes(of: id)
            if isAtStart, tokenizer.addsSpacePrefix, bytes.first == UInt8(ascii: " ") { bytes = bytes.dropFirst() }
            isAtStart = false
            held.append(contentsOf: bytes)
        }
        let complete = held.count - Self.incompleteBytes(at: held)
        defer { held.removeFirst(complete) }
        return String(decoding: held[..<complete], as: UTF8.self)
    }

    /// Ends the text.
    ///
    /// - Returns: U+FFFD if a character was left incomplete, else nothing.
    public mutating func finish() -> String {
        defer {
            held = []
            isAtStart = true
        }
        return String(decoding: held, as: UTF8.self)
    }

    /// The number of bytes at the end that may be the beginning of a character.
    private static func incompleteBytes(at bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            // A sequence that is incomplete has at most three bytes, the first of which is no continuation.
            for start in stride(from: bytes.count - 1, through: max(bytes.count - 3, 0), by: -1)
            where bytes[start] & 0xC0 != 0x80 {
                if case .incomplete = UTF8Sequence(bytes, at: start) { return bytes.count - start }
                return 0
            }
            return 0
        }
    }
}
