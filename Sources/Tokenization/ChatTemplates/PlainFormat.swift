/// For models without a template: the turns as paragraphs, without roles.
struct PlainFormat: ChatFormat {
    let name = "plain"

    init() {}

    init?(recognizing template: String) {
        guard template.isEmpty else { return nil }
    }

    func write(_ messages: [ChatMessage], addingAssistantHeader: Bool, to writer: inout PromptWriter) {
        for (index, turn) in messages.enumerated() {
            if index > 0 { writer.text("\n\n") }
            writer.content(turn.content)
        }
    }
}
