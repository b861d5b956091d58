import Tokenization
import Transformer

/// The prompt template `T` of the paper, as tokens: what stands before the context, and what stands behind it.
package struct QuestionPrompt: Sendable {
    /// Chat header and instruction: the same for every window and question, so its keys are computed once.
    package let prefix: [TokenID]
    /// The question's heading, the question, and for rows that reach to the end also the instruction tail and the
    /// assistant header.
    package let suffix: [TokenID]
    /// Positions, counted from the suffix's start, from which the attention is read.
    package let rows: Range<Int>
    /// What follows ``suffix`` when the answer is to be generated; empty where the suffix holds it already.
    package let tail: [TokenID]
    /// A blank line.
    package let paragraphBreak: [TokenID]

    private static let instruction = "Read the book and answer the question. Be very concise in your answer.\n\n"
    private static let questionHeading = "\n\nQuestion:\n\n"
    private static let answerHeading = "\n\nAnswer:"

    package init(question: String, rows: RetrievalProfile.Rows, model: any LanguageModel) {
        let tokenizer = model.tokenizer
        let paragraphBreak = tokenizer.encode("\n\n")
        let questionTokens = tokenizer.encode(question)
        // The template is rendered around two runs of tokens, which mark where the context and the question stand.
        let prompt = model.chatTemplate.render(
            [
                ChatMessage(
                    .user,
                    [
                        .text(Self.instruction), .tokens(paragraphBreak), .text(Self.questionHeading),
                        .tokens(questionTokens), .text(Self.answerHeading),
                    ])
            ], addingAssistantHeader: true)
        var pieces: [[Prompt.Part]] = [[]]
        for part in prompt.parts {
            if case .tokens = part { pieces.append([]) } else { pieces[pieces.count - 1].append(part) }
        }
        let encoded = pieces.map { tokenizer.encode(Prompt($0)) }
        let heading = encoded.count > 1 ? encoded[1] : []
        let end = encoded.dropFirst(2).flatMap(\.self)
        prefix = encoded[0]
        switch rows {
        case .question:
            suffix = heading + questionTokens
            self.rows = heading.count..<suffix.count
            tail = end
        case .questionToEnd:
            suffix = heading + questionTokens + end
            self.rows = heading.count..<suffix.count
            tail = []
        }
        self.paragraphBreak = paragraphBreak
    }

    /// A prompt from its parts.
    package init(
        prefix: [TokenID], suffix: [TokenID], rows: Range<Int>, tail: [TokenID] = [], paragraphBreak: [TokenID] = []
    ) {
        self.prefix = prefix
        self.suffix = suffix
        self.rows = rows
        self.tail = tail
        self.paragraphBreak = paragraphBreak
    }

    /// The whole input around a context.
    package func tokens(around context: [TokenID]) -> [TokenID] { prefix + context + suffix + tail }
}
