import ModelFormat
import Tokenization

extension TokenizerDescription {
    /// What a model file says about its tokenizer, under its `tokenizer.*` keys.
    ///
    /// - Throws: `GGUFError` if the model or the tokens are missing, or a key has a value of another type.
    public init(_ file: GGUFFile) throws(GGUFError) {
        self.init(
            model: try file.string("tokenizer.ggml.model"),
            preTokenizer: try file.optionalString("tokenizer.ggml.pre"),
            tokens: PackedStrings(try file.strings("tokenizer.ggml.tokens")))
        types = try file.optionalIntegers("tokenizer.ggml.token_type", as: Int32.self)
        scores = try file.optionalFloats("tokenizer.ggml.scores")
        merges = try file.optionalStrings("tokenizer.ggml.merges").map { PackedStrings($0) }
        beginningOfText = try file.optionalInteger("tokenizer.ggml.bos_token_id", as: Int32.self)
        endOfText = try file.optionalInteger("tokenizer.ggml.eos_token_id", as: Int32.self)
        endOfTurn = try file.optionalInteger("tokenizer.ggml.eot_token_id", as: Int32.self)
        unknown = try file.optionalInteger("tokenizer.ggml.unknown_token_id", as: Int32.self)
        padding = try file.optionalInteger("tokenizer.ggml.padding_token_id", as: Int32.self)
        addsBeginning = try file.optionalBool("tokenizer.ggml.add_bos_token")
        addsEnd = try file.optionalBool("tokenizer.ggml.add_eos_token")
        addsSpacePrefix = try file.optionalBool("tokenizer.ggml.add_space_prefix")
        chatTemplate = try file.optionalString("tokenizer.chat_template")
    }
}

extension PackedStrings {
    /// The strings of a model file's array.
    init(_ strings: GGUFStrings) {
        self.init()
        for index in strings.indices { strings.withUTF8(at: index) { append(utf8: $0) } }
    }
}
