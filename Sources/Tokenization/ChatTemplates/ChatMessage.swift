/// A turn of a conversation.
public struct ChatMessage: Sendable, Hashable {
    /// Who speaks.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// Instructions before the conversation.
        case system
        /// The person.
        case user
        /// The model.
        case assistant
    }

    /// Who speaks.
    public var role: Role
    /// What is said: text, and tokens of text that was tokenized before.
    public var content: [Prompt.Part]

    /// A turn of several pieces.
    public init(_ role: Role, _ content: [Prompt.Part]) {
        self.role = role
        self.content = content
    }

    /// A turn of text.
    public init(_ role: Role, _ text: String) {
        self.init(role, [.text(text)])
    }
}
