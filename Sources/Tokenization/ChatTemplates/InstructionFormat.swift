/// Llama 2 and Mistral: `[INST] text [/INST] answer</s>`, in the spacing and with the system message that the template wants.
struct InstructionFormat: ChatFormat {
    /// Where the system message stands.
    private enum SystemMessage: Sendable {
        /// Between `<<SYS>>` and `<</SYS>>` in the first user turn (Llama 2).
        case marked
        /// Before the first user turn's text (Mistral v1).
        case beforeFirst
        /// Before the last user turn's text (Mistral v3).
        case beforeLast
        /// In tags of its own (Mistral v7).
        case tagged(space: String)
    }

    let name: String
    private let systemMessage: SystemMessage
    private let trimsUser: Bool
    private let trimsAnswer: Bool
    private let beginsEveryTurn: Bool
    private let beforeOpening: String
    private let afterOpening: String
    private let beforeClosing: String
    private let beforeAnswer: String
    private let beforeEnd: String
    private let afterEnd: String

    init?(recognizing template: String) {
        guard template.contains("[INST]") else { return nil }
        // One way of quoting and spacing, so that the literals can be looked for.
        let source = template.replacingQuotesAndRunsOfSpaces()
        func contains(_ literal: String) -> Bool { source.contains(literal) }

        if contains("[SYSTEM_PROMPT]") {
            systemMessage = .tagged(space: contains("'[SYSTEM_PROMPT] '") || contains("'[SYSTEM_PROMPT] ") ? " " : "")
            name = "mistral"
        } else if contains("<<SYS>>") {
            systemMessage = .marked
            name = "llama-2"
        } else {
            systemMessage = contains("loop.last and system_message is defined") ? .beforeLast : .beforeFirst
            name = "mistral"
        }
        trimsUser = contains("content.strip()")
        trimsAnswer =
            trimsUser || contains("['content']|trim + eos_token") || contains("['content'] | trim + eos_token")
        beginsEveryTurn = contains("bos_token + '[INST]")
        beforeOpening = contains("' [INST] '") ? " " : ""
        afterOpening = contains("[INST] '") ? " " : ""
        beforeClosing = contains("' [/INST]'") ? " " : ""
        beforeAnswer = contains("' ' + message['content']") || contains("' ' + content") ? " " : ""
        beforeEnd = contains("+ ' ' + eos_token") ? " " : ""
        afterEnd = contains("eos_token + ' '") ? " " : ""
    }

    func write(_ messages: [ChatMessage], addingAssistantHeader: Bool, to writer: inout PromptWriter) {
        var isFirstTurn = true
        for turn in placingSystemMessage(messages) {
            switch turn.role {
            case .system:
                guard case .tagged(let space) = systemMessage else { continue }
                writer.control("[SYSTEM_PROMPT]")
                writer.text(space)
                writer.content(turn.content)
                writer.control("[/SYSTEM_PROMPT]")
            case .user:
                // The first one is written for all forms before the conversation.
                if beginsEveryTurn, !isFirstTurn { writer.beginning() }
                writer.text(beforeOpening)
                writer.control("[INST]")
                writer.text(afterOpening)
                writer.content(trimsUser ? turn.content.trimmed() : turn.content)
                writer.text(beforeClosing)
                writer.control("[/INST]")
            case .assistant:
                writer.text(beforeAnswer)
                writer.content(trimsAnswer ? turn.content.trimmed() : turn.content)
                writer.text(beforeEnd)
                writer.end()
                writer.text(afterEnd)
            }
            isFirstTurn = false
        }
    }

    private func placingSystemMessage(_ messages: [ChatMessage]) -> [ChatMessage] {
        switch systemMessage {
        case .beforeFirst: return messages.foldingSystemMessage(separator: "\n\n")
        case .beforeLast: return messages.foldingSystemMessage(separator: "\n\n", intoLast: true)
        case .tagged: return messages
        case .marked:
            guard let system = messages.first, system.role == .system else { return messages }
            var turns = messages
            turns[0].content = [.text("<<SYS>>\n")] + system.content
            return turns.foldingSystemMessage(separator: "\n<</SYS>>\n\n")
        }
    }
}

extension String {
    /// The text with double quotes made single and every run of spaces and line breaks made one space.
    fileprivate func replacingQuotesAndRunsOfSpaces() -> String {
        var result = ""
        for character in self {
            if character.isWhitespace {
                if result.last != " " { result.append(" ") }
            } else {
                result.append(character == "\"" ? "'" : character)
            }
        }
        return result
    }
}
