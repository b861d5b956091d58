/// The tokens of a model: their bytes and their kinds.
struct Vocabulary: Sendable {
    /// What may become of a token.
    enum Kind: UInt8, Sendable {
        /// Text becomes it by merges.
        case normal
        /// Found in text as a whole.
        case added
        /// Made by templates only, never by text.
        case control
        /// Stands for text that the vocabulary cannot say.
        case unknown
        /// Nothing becomes it.
        case unused
        /// One byte (SentencePiece).
        case byte
    }

    /// What each token stands for in a text; a control token's own name.
    let strings: ByteStrings
    let kinds: [Kind]
    let controlTokens: [String: ControlToken]
    let addedTokens: AddedTokens
    /// Finds the normal tokens by their bytes.
    private let table: ByteStringTable

    var count: Int { kinds.count }

    init(_ description: TokenizerDescription, usesByteAlphabet: Bool) throws(TokenizerError) {
        let tokens = description.tokens
        guard !tokens.isEmpty, tokens.count < Int32.max else { throw .badVocabularySize(tokens.count) }
        if let types = description.types, types.count != tokens.count {
            throw .countMismatch(field: "tokenizer.ggml.token_type", expected: tokens.count, found: types.count)
        }
        try Self.checkRange(description)
        let designated = Set(
            [description.beginningOfText, description.endOfText, description.endOfTurn, description.padding]
                .compactMap { $0 })
        // The parts are filled on their own and put in place at the end: `self` is not complete before.
        var parts = Parts()
        parts.kinds.reserveCapacity(tokens.count)
        parts.reachable.reserveCapacity(tokens.count)
        parts.strings.bytes.reserveCapacity(tokens.bytes.count)
        parts.strings.ends.reserveCapacity(tokens.count)
        tokens.bytes.withUnsafeBufferPointer { bytes in
            for number in 0..<tokens.count {
                let text = UnsafeBufferPointer(rebasing: bytes[tokens.byteRange(number)])
                let id = TokenID(number)
                var kind = Self.kind(ofType: description.types?[number] ?? 1)
                if kind == .normal || kind == .added, designated.contains(id) || ControlNames.contains(text) {
                    kind = .control
                }
                parts.add(text, id, kind, usesByteAlphabet: usesByteAlphabet)
            }
        }
        strings = parts.strings
        kinds = parts.kinds
        controlTokens = parts.controlTokens
        addedTokens = parts.addedTokens
        table = ByteStringTable(parts.reachable, of: parts.strings)
    }

    /// The normal token that stands for exactly these bytes.
    func token(_ bytes: UnsafeBufferPointer<UInt8>) -> TokenID? {
        strings.withUnsafeView { table.find(bytes, in: $0).map { TokenID($0) } }
    }

    /// Finds normal tokens by their bytes, many at once.
    func withTokenFinder<Result>(_ body: (TokenFinder) -> Result) -> Result {
        strings.withUnsafeView { body(TokenFinder(table: table, strings: $0)) }
    }

    /// The bytes of a token; none for a number outside of the vocabulary.
    func bytes(of id: TokenID) -> ArraySlice<UInt8> {
        guard id >= 0, Int(id) < count else { return [] }
        return strings.bytes[strings.range(Int(id))]
    }

    /// The kind of a token; nil for a number outside of the vocabulary.
    func kind(of id: TokenID) -> Kind? {
        id >= 0 && Int(id) < count ? kinds[Int(id)] : nil
    }

    // MARK: Reading a description

    private static func kind(ofType type: Int32) -> Kind {
        switch type {
        case 2: .unknown
        case 3: .control
        case 4: .added
        case 5: .unused
        case 6: .byte
        default: .normal
        }
    }

    private static func checkRange(_ description: TokenizerDescription) throws(TokenizerError) {
        let fields: [(String, TokenID?)] = [
            ("tokenizer.ggml.bos_token_id", description.beginningOfText),
            ("tokenizer.ggml.eos_token_id", description.endOfText),
            ("tokenizer.ggml.eot_token_id", description.endOfTurn),
            ("tokenizer.ggml.unknown_token_id", description.unknown),
            ("tokenizer.ggml.padding_token_id", description.padding),
        ]
        for (field, id) in fields {
            if let id, id < 0 || Int(id) >= description.tokens.count {
                throw .tokenOutOfRange(field: field, id: id, vocabularySize: description.tokens.count)
            }
        }
    }

    /// The byte of a token called `<0x41>`.
    private static func byte(named text: UnsafeBufferPointer<UInt8>) -> UInt8? {
        guard text.count == 6, text.starts(with: "<0x".utf8), text[5] == UInt8(ascii: ">") else { return nil }
        return UInt8(String(decoding: text[3..<5], as: UTF8.self), radix: 16)
    }

    /// Appends a SentencePiece token's text, with spaces for `▁` (U+2581).
    private static func appendReadingLowerBlocks(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        var position = 0
        while position < text.count {
            if text[position] == 0xE2, position + 2 < text.count, text[position + 1] == 0x96, text[position + 2] == 0x81
            {
                output.append(UInt8(ascii: " "))
                position += 3
            } else {
                output.append(text[position])
                position += 1
            }
        }
    }

    /// A vocabulary in the making.
    private struct Parts {
        var strings = ByteStrings()
        var kinds: [Kind] = []
        var controlTokens: [String: ControlToken] = [:]
        var addedTokens = AddedTokens()
        /// The tokens that merges may make.
        var reachable: [Int] = []

        mutating func add(
            _ text: UnsafeBufferPointer<UInt8>, _ id: TokenID, _ kind: Kind, usesByteAlphabet: Bool
        ) {
            var isReachable = kind == .normal
            switch kind {
            case .normal, .unused, .unknown:
                if usesByteAlphabet {
                    if !ByteAlphabet.decode(text, into: &strings.bytes) {
                        strings.bytes.append(contentsOf: text)
                        isReachable = false
                    }
                } else {
                    Vocabulary.appendReadingLowerBlocks(text, to: &strings.bytes)
                }
            case .byte:
                if let byte = Vocabulary.byte(named: text) {
                    strings.bytes.append(byte)
                } else {
                    strings.bytes.append(contentsOf: text)
                }
            case .added:
                let before = strings.bytes.count
                if usesByteAlphabet {
                    strings.bytes.append(contentsOf: text)
                } else {
                    Vocabulary.appendReadingLowerBlocks(text, to: &strings.bytes)
                }
                addedTokens.insert(strings.bytes[before...], id: id)
            case .control:
                strings.bytes.append(contentsOf: text)
                let name = String(decoding: text, as: UTF8.self)
                if controlTokens[name] == nil { controlTokens[name] = ControlToken(id: id, name: name) }
            }
            strings.ends.append(Int32(strings.bytes.count))
            kinds.append(kind)
            if isReachable { reachable.append(Int(id)) }
        }
    }
}

/// Finds normal tokens by their bytes while a vocabulary stands still.
struct TokenFinder {
    fileprivate let table: ByteStringTable
    fileprivate let strings: ByteStrings.View

    /// The normal token that stands for exactly these bytes.
    @inline(__always)
    func token(_ bytes: UnsafeBufferPointer<UInt8>) -> TokenID? {
        table.find(bytes, in: strings).map { TokenID(truncatingIfNeeded: $0) }
    }

    /// Whether a token's bytes are these; whether it is normal is not asked.
    @inline(__always)
    func isToken(_ id: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        strings.isEqual(id, to: bytes)
    }
}
