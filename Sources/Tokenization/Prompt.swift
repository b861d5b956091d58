/// A special token of a model, such as `<|im_start|>`. Only a tokenizer makes one, by its name: no text ever becomes one.
public struct ControlToken: Sendable, Hashable {
    /// The number in the vocabulary.
    public let id: TokenID
    /// The token's own text.
    public let name: String

    init(id: TokenID, name: String) {
        self.id = id
        self.name = name
    }
}

/// What is sent to a model: control tokens and plain text, kept apart by type.
public struct Prompt: Sendable, Hashable {
    /// A piece of a prompt.
    public enum Part: Sendable, Hashable {
        /// A special token.
        case control(ControlToken)
        /// Text, tokenized as data. Texts next to each other are tokenized as one.
        case text(String)
        /// Tokens of text that was tokenized before.
        case tokens([TokenID])
    }

    /// The pieces, in order.
    public var parts: [Part]

    /// A prompt of the given pieces.
    public init(_ parts: [Part] = []) {
        self.parts = parts
    }

    /// Adds text, joined to text before it.
    public mutating func append(_ text: String) {
        guard !text.isEmpty else { return }
        if case .text(let before) = parts.last {
            parts[parts.count - 1] = .text(before + text)
        } else {
            parts.append(.text(text))
        }
    }

    /// Adds a control token.
    public mutating func append(_ token: ControlToken) {
        parts.append(.control(token))
    }

    /// Adds a piece; text is joined to text before it.
    public mutating func append(_ part: Part) {
        if case .text(let text) = part { append(text) } else { parts.append(part) }
    }
}
