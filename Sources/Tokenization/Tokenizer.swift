/// Makes tokens of text and text of tokens, as a model file describes it.
///
/// Text is data: no text ever becomes a control token. Safe to use from several tasks at once.
public final class Tokenizer: Sendable {
    private let model: any TokenizerModel
    private let pool = WorkspacePool()

    /// The token before a text, if the model has one.
    public let beginningOfText: TokenID?
    /// The token that ends a text, if the model has one.
    public let endOfText: TokenID?
    /// The tokens at which generation ends.
    public let endTokens: Set<TokenID>
    /// Whether the model wants prompts to begin with `beginningOfText`.
    public let addsBeginning: Bool
    /// The chat template of the model file, in Jinja.
    public let chatTemplateText: String?
    let addsSpacePrefix: Bool

    /// The tokenizer that a model file describes.
    public init(_ description: TokenizerDescription) throws(TokenizerError) {
        switch description.model {
        case "gpt2":
            model = try ByteLevelModel(description)
        case "llama":
            model = try SentencePieceModel(description)
        default:
            throw .unsupportedModel(description.model)
        }
        beginningOfText = description.beginningOfText
        endOfText = description.endOfText
        addsBeginning = description.addsBeginning ?? (description.model == "llama")
        chatTemplateText = description.chatTemplate
        addsSpacePrefix = model.cleaning.addsSpacePrefix
        let named = ControlNames.ends.compactMap { [vocabulary = model.vocabulary] in vocabulary.controlTokens[$0]?.id }
        endTokens = Set(named + [description.endOfText, description.endOfTurn].compactMap { $0 })
    }

    /// The number of tokens.
    public var vocabularySize: Int { model.vocabulary.count }

    /// The tokens that every input of a model begins with: none, or one.
    public var beginning: [TokenID] { addsBeginning ? beginningOfText.map { [$0] } ?? [] : [] }

    /// What callers should know about this tokenizer, one sentence each: rules that are not known and were guessed.
    public var warnings: [String] { model.warnings }

    /// The tokens of a text; never control tokens.
    public func encode(_ text: String) -> [TokenID] {
        var text = text
        return text.withUTF8 { stream().ids($0) }
    }

    /// The tokens of a text, and where each stands in it.
    ///
    /// Ill-formed UTF-8 counts as U+FFFD, one for each maximal subpart (Unicode Standard, section 3.9). Bytes that the
    /// vocabulary cannot say become no token and belong to the range of a neighbour.
    public func encode(utf8: UnsafeBufferPointer<UInt8>) -> [Token] {
        stream().tokens(utf8)
    }

    /// The tokens of a text, and where each stands in it; see `encode(utf8:)` for a buffer.
    public func encode(utf8: [UInt8]) -> [Token] {
        utf8.withUnsafeBufferPointer { encode(utf8: $0) }
    }

    /// Tokenizes a text that comes in chunks.
    public func stream() -> TokenStream {
        TokenStream(model: model, pool: pool)
    }

    /// The tokens of a prompt: the only way to control tokens.
    public func encode(_ prompt: Prompt) -> [TokenID] {
        var ids: [TokenID] = []
        var text = ""
        for part in prompt.parts {
            if case .text(let more) = part {
                text += more
                continue
            }
            if !text.isEmpty { ids += encode(text) }
            text = ""
            switch part {
            case .control(let token): ids.append(token.id)
            case .tokens(let more): ids += more
            case .text: break
            }
        }
        return text.isEmpty ? ids : ids + encode(text)
    }

    /// The bytes that a token stands for; a control token's are its name. None for a number outside of the vocabulary.
    public func bytes(of id: TokenID) -> [UInt8] {
        Array(vocabularyBytes(of: id))
    }

    /// The control token of a name such as `<|im_start|>`, if the model has it.
    public func controlToken(named name: String) -> ControlToken? {
        model.vocabulary.controlTokens[name]
    }

    /// The control token of a number, if it is one.
    public func controlToken(_ id: TokenID) -> ControlToken? {
        guard isControl(id) else { return nil }
        return ControlToken(id: id, name: String(decoding: vocabularyBytes(of: id), as: UTF8.self))
    }

    func isControl(_ id: TokenID) -> Bool {
        model.vocabulary.kind(of: id) == .control
    }

    func vocabularyBytes(of id: TokenID) -> ArraySlice<UInt8> {
        model.vocabulary.bytes(of: id)
    }
}
