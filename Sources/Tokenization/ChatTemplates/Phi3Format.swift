/// Phi-3: `<|role|>`, a new line, the text, `<|end|>`, a new line.
struct Phi3Format: ChatFormat {
    let name = "phi-3"

    init?(recognizing template: String) {
        guard template.contains("<|assistant|>"), template.contains("<|end|>") else { return nil }
    }

    func write(_ messages: [ChatMessage], addingAssistantHeader: Bool, to writer: inout PromptWriter) {
        for turn in messages {
            writer.control("<|\(turn.role.rawValue)|>")
            writer.text("\n")
            writer.content(turn.content)
            writer.control("<|end|>")
            writer.text("\n")
        }
        if addingAssistantHeader {
            writer.control("<|assistant|>")
            writer.text("\n")
        }
    }
}
