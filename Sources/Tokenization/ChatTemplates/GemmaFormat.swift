/// Gemma: `<start_of_turn>role`, a new line, the trimmed text, `<end_of_turn>`; the model's role is `model`, and a system message
/// stands in the first user turn.
struct GemmaFormat: ChatFormat {
    let name = "gemma"

    init?(recognizing template: String) {
        guard template.contains("<start_of_turn>") else { return nil }
    }

    func write(_ messages: [ChatMessage], addingAssistantHeader: Bool, to writer: inout PromptWriter) {
        for turn in messages.foldingSystemMessage(separator: "\n\n") {
            writer.control("<start_of_turn>")
            writer.text((turn.role == .assistant ? "model" : "user") + "\n")
            writer.content(turn.content.trimmed())
            writer.control("<end_of_turn>")
            writer.text("\n")
        }
        if addingAssistantHeader {
            writer.control("<start_of_turn>")
            writer.text("model\n")
        }
    }
}
