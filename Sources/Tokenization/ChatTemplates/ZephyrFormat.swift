/// Zephyr and TinyLlama: `<|role|>`, a new line, the text, the end-of-text token, a new line.
struct ZephyrFormat: ChatFormat {
    let name = "zephyr"

    init?(recognizing template: String) {
        guard template.contains("<|user|>"), template.contains("<|assistant|>"), template.contains("eos_token") else {
            return nil
        }
    }

    func write(_ messages: [ChatMessage], addingAssistantHeader: Bool, to writer: inout PromptWriter) {
        for turn in messages {
            writer.control("<|\(turn.role.rawValue)|>")
            writer.text("\n")
            writer.content(turn.content)
            writer.end()
            writer.text("\n")
        }
        if addingAssistantHeader {
            writer.control("<|assistant|>")
            writer.text("\n")
        }
    }
}
