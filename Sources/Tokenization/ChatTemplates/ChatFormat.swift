/// One way of writing conversations. The token that begins a text is written before it, where the template says so.
protocol ChatFormat: Sendable {
    /// What the form is called.
    var name: String { get }

    /// The form, with what the template says of it; nil if the template is of another form.
    init?(recognizing template: String)

    /// Writes the turns.
    func write(_ messages: [ChatMessage], addingAssistantHeader: Bool, to writer: inout PromptWriter)
}

/// Puts a prompt together.
struct PromptWriter {
    let tokenizer: Tokenizer
    private(set) var prompt = Prompt()

    init(tokenizer: Tokenizer) {
        self.tokenizer = tokenizer
    }

    /// Writes text of the form.
    mutating func text(_ text: String) {
        prompt.append(text)
    }

    /// Writes a control token by name; as text where the model has no such token.
    mutating func control(_ name: String) {
        if let token = tokenizer.controlToken(named: name) { prompt.append(token) } else { prompt.append(name) }
    }

    /// Writes the token that begins a text, if the model has one.
    mutating func beginning() {
        if let token = tokenizer.beginningOfText.flatMap({ tokenizer.controlToken($0) }) { prompt.append(token) }
    }

    /// Writes the token that ends a text, if the model has one.
    mutating func end() {
        if let token = tokenizer.endOfText.flatMap({ tokenizer.controlToken($0) }) { prompt.append(token) }
    }

    /// Writes what a turn says.
    mutating func content(_ parts: [Prompt.Part]) {
        for part in parts { prompt.append(part) }
    }
}

extension [Prompt.Part] {
    /// The pieces without white space at the beginning and the end of their text, as Jinja's `trim`.
    func trimmed() -> [Prompt.Part] {
        trimmedAtEnd(Self.withoutLeadingSpace, first: true).trimmedAtEnd(Self.withoutTrailingSpace, first: false)
    }

    private func trimmedAtEnd(_ trim: (String) -> String, first: Bool) -> [Prompt.Part] {
        var parts = self
        while case .text(let text)? = first ? parts.first : parts.last {
            let index = first ? parts.startIndex : parts.endIndex - 1
            let rest = trim(text)
            if rest.isEmpty {
                parts.remove(at: index)
            } else {
                parts[index] = .text(rest)
                break
            }
        }
        return parts
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        // Python's white space, which Jinja trims, has the separators U+001C to U+001F besides Unicode's.
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }

    private static func withoutLeadingSpace(_ text: String) -> String {
        String(text.unicodeScalars.drop(while: isSpace))
    }

    private static func withoutTrailingSpace(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(scalars[...last])
    }
}

extension [ChatMessage] {
    /// The conversation with its system message put before the first (or last) user turn, for forms without a system role.
    ///
    /// - Parameters:
    ///   - separator: what stands between the two.
    ///   - last: whether the last user turn takes it, rather than the first.
    func foldingSystemMessage(separator: String, intoLast last: Bool = false) -> [ChatMessage] {
        guard let system = first, system.role == .system else { return self }
        var turns = Array(dropFirst())
        let index = last ? turns.lastIndex { $0.role == .user } : turns.firstIndex { $0.role == .user }
        guard let index else { return [ChatMessage(.user, system.content)] + turns }
        turns[index].content = system.content + [.text(separator)] + turns[index].content
        return turns
    }
}
