/// How a text is cut into words before byte-pair encoding: what the known regular expressions have in common, and where they
/// differ. `WordScanner` gives the rules their meaning.
///
/// Sources: the `pre_tokenizer` entries of the models' tokenizer.json files; for `default`, llama.cpp's fallback.
struct SplitRules: Sendable {
    /// English contractions that are words of their own: `'s 't 're 've 'm 'll 'd`.
    enum Contractions: Sendable { case lowercase, anyCase }
    /// What may stand before the letters of a word.
    enum LetterPrefix: Sendable { case space, anyButLineBreak }
    /// How a run of numbers is cut.
    enum Numbers: Sendable {
        /// Not at all; a space may stand before it.
        case runs
        /// After every so many.
        case groups(of: Int)
        /// Before and after every three ASCII digits, from the left.
        case digitTriples
    }

    var contractions: Contractions
    var letterPrefix: LetterPrefix
    var numbers: Numbers
    /// What is cut out before all other rules: for them the text ends there.
    var isolated: ScalarClass
    /// Whether line breaks directly behind other characters join them, and spaces end behind the last line break.
    var groupsLineBreaks: Bool
    /// Whether the text is brought to Normalization Form C first.
    var normalizes = false
    /// Whether a word that is a token of the vocabulary is taken whole, without merges.
    var takesWholeWords = false

    /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
    static let gpt2 = SplitRules(
        contractions: .lowercase, letterPrefix: .space, numbers: .runs, isolated: [], groupsLineBreaks: false)

    /// Every number alone, and `gpt2` for what is between.
    static let smolLM = SplitRules(
        contractions: .lowercase, letterPrefix: .space, numbers: .groups(of: 1), isolated: .number,
        groupsLineBreaks: false)

    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
    static let llama3 = SplitRules(
        contractions: .anyCase, letterPrefix: .anyButLineBreak, numbers: .groups(of: 3), isolated: [],
        groupsLineBreaks: true, takesWholeWords: true)

    /// As `llama3`, with every number alone.
    static let qwen2 = SplitRules(
        contractions: .anyCase, letterPrefix: .anyButLineBreak, numbers: .groups(of: 1), isolated: [],
        groupsLineBreaks: true, normalizes: true)

    /// llama.cpp's rules for models that name none: runs of `[\p{P}$+<=>^~|]` alone, `gpt2` for what is between, numbers cut off
    /// from the space before them and into threes.
    static let fallback = SplitRules(
        contractions: .lowercase, letterPrefix: .space, numbers: .digitTriples, isolated: .punctuation,
        groupsLineBreaks: false)

    /// The rules by the names that GGUF files give them (`tokenizer.ggml.pre`).
    static func named(_ name: String) -> SplitRules? {
        switch name {
        case "gpt-2", "phi-2": gpt2
        case "smollm", "starcoder": smolLM
        case "llama-bpe", "llama3", "llama-v3": llama3
        case "qwen2", "deepseek-r1-qwen": qwen2
        case "default": fallback
        default: nil
        }
    }
}
