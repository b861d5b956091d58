import Foundation

/// ChatML: `<|im_start|>role`, a new line, the text, `<|im_end|>`.
struct ChatMLFormat: ChatFormat {
    let name = "chatml"
    /// The system message that the template writes when a conversation has none.
    private let defaultSystemMessage: String?

    init?(recognizing template: String) {
        // `<|im_sep|>` (Phi-4) and `<end_of_utterance>` (SmolVLM) are other forms with the same beginning.
        guard template.contains("<|im_start|>"), !template.contains("<|im_sep|>"),
            !template.contains("<end_of_utterance>")
        else { return nil }
        defaultSystemMessage = Self.defaultSystemMessage(in: template)
    }

    func write(_ messages: [ChatMessage], addingAssistantHeader: Bool, to writer: inout PromptWriter) {
        var turns = messages
        if let defaultSystemMessage, messages.first?.role != .system {
            turns.insert(ChatMessage(.system, defaultSystemMessage), at: 0)
        }
        for turn in turns {
            writer.control("<|im_start|>")
            writer.text(turn.role.rawValue + "\n")
            writer.content(turn.content)
            writer.control("<|im_end|>")
            writer.text("\n")
        }
        if addingAssistantHeader {
            writer.control("<|im_start|>")
            writer.text("assistant\n")
        }
    }

    /// The text between a literal system header and the end of its turn, if it is a constant of the template.
    private static func defaultSystemMessage(in template: String) -> String? {
        for lineBreak in ["\n", "\\n"] {
            var rest = template[...]
            while let header = rest.range(of: "<|im_start|>system" + lineBreak) {
                rest = rest[header.upperBound...]
                guard let end = rest.range(of: "<|im_end|>") else { break }
                let message = rest[..<end.lowerBound]
                if !message.isEmpty, !message.contains(where: { "'\"{}".contains($0) }) {
                    return message.replacingOccurrences(of: "\\n", with: "\n")
                }
            }
        }
        return nil
    }
}
