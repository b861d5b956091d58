/// Why a tokenizer could not be made from a model file's description.
public enum TokenizerError: Error, Equatable, CustomStringConvertible {
    /// The tokenizer is of a kind that is not implemented.
    case unsupportedModel(String)
    /// There are no tokens, or more than a token number can count.
    case badVocabularySize(Int)
    /// A table does not have one element for each token.
    case countMismatch(field: String, expected: Int, found: Int)
    /// A part that this kind of tokenizer needs is absent.
    case missing(field: String)
    /// A designated token is not in the vocabulary.
    case tokenOutOfRange(field: String, id: TokenID, vocabularySize: Int)
    /// A merge is not two tokens with a space between.
    case malformedMerge(index: Int, text: String)

    /// One line for people: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .unsupportedModel(let name):
            "tokenizer \"\(name)\" is not supported, only byte-level (\"gpt2\") and SentencePiece (\"llama\") "
                + "byte-pair encoding; use a model with one of them"
        case .badVocabularySize(let count):
            "the vocabulary has \(count) tokens; convert the model again with a current converter"
        case .countMismatch(let field, let expected, let found):
            "\(field) has \(found) entries for \(expected) tokens; convert the model again with a current converter"
        case .missing(let field):
            "\(field) is missing; convert the model again with a current converter"
        case .tokenOutOfRange(let field, let id, let size):
            "\(field) is \(id), but the vocabulary has \(size) tokens; convert the model again with a current converter"
        case .malformedMerge(let index, let text):
            "tokenizer.ggml.merges[\(index)] is \"\(text)\", not two tokens with a space between; "
                + "convert the model again with a current converter"
        }
    }
}
