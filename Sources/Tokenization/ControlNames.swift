/// How control tokens look. Some model files mark them as ordinary or user-defined tokens; taken out of a text, they would let a
/// document close a chat turn.
enum ControlNames {
    /// Whether a token's text is of the form `<|…|>`, or one of the names by which known templates mark turns and roles.
    static func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count > 2, let first = text.first, first == UInt8(ascii: "<") || first == UInt8(ascii: "[") else {
            return false
        }
        if text.count > 4, text[1] == UInt8(ascii: "|"), text[text.count - 2] == UInt8(ascii: "|"),
            text.last == UInt8(ascii: ">")
        {
            return true
        }
        return text.count < 24 && names.contains(String(decoding: text, as: UTF8.self))
    }

    private static let names: Set<String> = [
        "<s>", "</s>", "<unk>", "<pad>", "<bos>", "<eos>", "<mask>", "<start_of_turn>", "<end_of_turn>",
        "[INST]", "[/INST]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]",
        "[TOOL_RESULTS]", "[/TOOL_RESULTS]", "[TOOL_CALLS]",
    ]

    /// Tokens at which generation ends, besides those that the model file names.
    static let ends = [
        "<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|end|>", "<|endoftext|>", "<|end_of_text|>", "<end_of_turn>",
        "</s>", "<eos>",
    ]
}
