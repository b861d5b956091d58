/// What a model file says about its tokenizer, as plain values.
///
/// The names follow the `tokenizer.ggml.*` keys of GGUF files.
public struct TokenizerDescription: Sendable {
    /// `gpt2` for byte-level byte-pair encoding, `llama` for SentencePiece's.
    public var model: String
    /// The name of the rules that cut a text into words before byte-pair encoding, such as `smollm` or `qwen2`.
    public var preTokenizer: String?
    /// The text of each token, as stored: in GPT-2's byte alphabet, or with `▁` for a space.
    public var tokens: PackedStrings
    /// The kind of each token (GGUF: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte); nil means normal.
    public var types: [Int32]?
    /// The score of each token (SentencePiece: higher merges first).
    public var scores: [Float]?
    /// The merges of byte-pair encoding, best first: `left right`, in the byte alphabet.
    public var merges: PackedStrings?
    /// The token before a text.
    public var beginningOfText: TokenID?
    /// The token that ends a text.
    public var endOfText: TokenID?
    /// The token that ends a chat turn, where it is not `endOfText`.
    public var endOfTurn: TokenID?
    /// The token for what the vocabulary cannot say.
    public var unknown: TokenID?
    /// The token that fills batches.
    public var padding: TokenID?
    /// Whether prompts begin with `beginningOfText`.
    public var addsBeginning: Bool?
    /// Whether texts end with `endOfText`.
    public var addsEnd: Bool?
    /// Whether a space is put before a text (SentencePiece).
    public var addsSpacePrefix: Bool?
    /// The chat template, in Jinja.
    public var chatTemplate: String?

    /// A description with nothing but a vocabulary; set the rest as known.
    public init(model: String, preTokenizer: String? = nil, tokens: PackedStrings) {
        self.model = model
        self.preTokenizer = preTokenizer
        self.tokens = tokens
    }
}
