/// Llama 3: `<|start_header_id|>role<|end_header_id|>`, a blank line, the trimmed text, `<|eot_id|>`.
struct Llama3Format: ChatFormat {
    let name = "llama-3"
    /// Whether a system turn with dates is always there (Llama 3.1 and later).
    private let writesDates: Bool

    init?(recognizing template: String) {
        guard template.contains("<|start_header_id|>"), template.contains("<|end_header_id|>") else { return nil }
        writesDates = template.contains("Cutting Knowledge Date")
    }

    func write(_ messages: [ChatMessage], addingAssistantHeader: Bool, to writer: inout PromptWriter) {
        var turns = messages
        if writesDates {
            var content: [Prompt.Part] = []
            if turns.first?.role == .system { content = turns.removeFirst().content.trimmed() }
            header("system", &writer)
            // The date on which the template falls back, so that a prompt does not change from day to day.
            writer.text("Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n")
            writer.content(content)
            writer.control("<|eot_id|>")
        }
        for turn in turns {
            header(turn.role.rawValue, &writer)
            writer.content(turn.content.trimmed())
            writer.control("<|eot_id|>")
        }
        if addingAssistantHeader { header("assistant", &writer) }
    }

    private func header(_ role: String, _ writer: inout PromptWriter) {
        writer.control("<|start_header_id|>")
        writer.text(role)
        writer.control("<|end_header_id|>")
        writer.text("\n\n")
    }
}
