/// How a model wants conversations written: recognized from the template text of its file, not interpreted.
public struct ChatTemplate: Sendable {
    /// The name of the form, such as `chatml` or `plain`.
    public var name: String { format.name }
    /// What callers should know: set if the model has a template that is not recognized, so that plain text stands in for it.
    public let warning: String?

    private let format: any ChatFormat
    private let tokenizer: Tokenizer
    private let beginsWithBeginning: Bool

    /// The known forms, in the order in which they are tried.
    private static let formats: [any ChatFormat.Type] = [
        ChatMLFormat.self, InstructionFormat.self, Phi3Format.self, ZephyrFormat.self, GemmaFormat.self,
        Llama3Format.self,
    ]

    /// The form of a template in Jinja; `plain` for none.
    ///
    /// - Parameter tokenizer: gives the control tokens that the form names.
    public init(recognizing template: String?, tokenizer: Tokenizer) {
        self.tokenizer = tokenizer
        var recognized: (any ChatFormat)?
        if let template {
            for format in Self.formats where recognized == nil { recognized = format.init(recognizing: template) }
        }
        format = recognized ?? PlainFormat()
        if let template, recognized != nil {
            beginsWithBeginning = template.contains("bos_token")
            warning = nil
        } else {
            beginsWithBeginning = tokenizer.addsBeginning
            warning =
                template == nil || template?.isEmpty == true
                ? nil : "the model's chat template is not known; it is asked in plain text, without roles"
        }
    }

    /// Writes a conversation.
    ///
    /// - Parameters:
    ///   - messages: the turns; a system message, if any, is the first.
    ///   - addingAssistantHeader: whether the prompt ends where the model's answer begins.
    public func render(_ messages: [ChatMessage], addingAssistantHeader: Bool) -> Prompt {
        var writer = PromptWriter(tokenizer: tokenizer)
        if beginsWithBeginning { writer.beginning() }
        format.write(messages, addingAssistantHeader: addingAssistantHeader, to: &writer)
        return writer.prompt
    }
}
