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
    /// What stands before the context where the answer is to be generated: ``prefix``, or an instruction that names the question.
    private let answerPrefix: [TokenID]
    /// A blank line.
    package let paragraphBreak: [TokenID]

    private static let instruction = "Read the book and answer the question. Be very concise in your answer.\n\n"
    private static let questionHeading = "\n\nQuestion:\n\n"
    private static let answerHeading = "\n\nAnswer:"

    /// The instruction for a model that reads better when it knows what is asked.
    private static func instruction(naming question: String) -> String {
        let mark = question.last?.isPunctuation ?? true ? "" : "?"
        return "Read the book and answer the question: \(question)\(mark) Be very concise in your answer.\n\n"
    }

    /// The prompt for a question as a profile has it read and answered.
    package init(question: String, profile: RetrievalProfile, model: any LanguageModel) {
        let tokenizer = model.tokenizer
        let paragraphBreak = tokenizer.encode("\n\n")
        let questionTokens = tokenizer.encode(question)
        // The template is rendered around two runs of tokens, which mark where the context and the question stand.
        func pieces(_ instruction: String) -> [[TokenID]] {
            let prompt = model.chatTemplate.render(
                [
                    ChatMessage(
                        .user,
                        [
                            .text(instruction), .tokens(paragraphBreak), .text(Self.questionHeading),
                            .tokens(questionTokens), .text(Self.answerHeading),
                        ])
                ], addingAssistantHeader: true)
            var pieces: [[Prompt.Part]] = [[]]
            for part in prompt.parts {
                if case .tokens = part { pieces.append([]) } else { pieces[pieces.count - 1].append(part) }
            }
            return pieces.map { tokenizer.encode(Prompt($0)) }
        }
        let encoded = pieces(Self.instruction)
        let heading = encoded.count > 1 ? encoded[1] : []
        let end = encoded.dropFirst(2).flatMap(\.self)
        prefix = encoded[0]
        answerPrefix = profile.questionFirst == true ? pieces(Self.instruction(naming: question))[0] : prefix
        switch profile.rows {
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
        answerPrefix = prefix
        self.paragraphBreak = paragraphBreak
    }

    /// The prompt in which a clue stands before the question, and its tokens are the rows that are read.
    func following(_ clue: some Collection<TokenID>) -> QuestionPrompt {
        let start = paragraphBreak.count
        return QuestionPrompt(
            prefix: prefix, suffix: paragraphBreak + clue + suffix, rows: start..<start + clue.count,
            paragraphBreak: paragraphBreak)
    }

    /// The whole input from which the answer is generated.
    package func answering(from context: [TokenID]) -> [TokenID] { answerPrefix + context + suffix + tail }
}
