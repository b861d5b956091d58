import Tokenization
import Transformer

/// The prompt template `T` of the paper, as tokens: what stands before the context, and what stands behind it.
package struct QuestionPrompt: Sendable {
    /// Chat header and instruction: the same for every window and question, so its keys are computed once.
    package let prefix: [TokenID]
    /// The question's heading, the question, and for query tokens that reach to the end also the instruction tail and the
    /// assistant header.
    package let suffix: [TokenID]
    /// The tokens from which the attention is read, by their places in the suffix.
    package let queryTokens: Range<Int>
    /// What follows ``suffix`` when the answer is to be generated; empty where the suffix holds it already.
    package let tail: [TokenID]
    /// What stands before the context where the answer is to be generated: ``prefix``, or an instruction that names the question.
    private let answerPrefix: [TokenID]
    /// A blank line.
    package let paragraphBreak: [TokenID]

    /// The prompt for a question as a profile has it read and answered.
    package init(question: String, profile: RetrievalProfile, model: any LanguageModel) {
        let tokenizer = model.tokenizer
        let paragraphBreak = tokenizer.encode("\n\n")
        let questionTokens = tokenizer.encode(question)
        // The template is rendered around two runs of tokens, which mark where the context and the question stand.
        let template = profile.prompt
        func pieces(_ instruction: String) -> [[TokenID]] {
            let prompt = model.chatTemplate.render(
                [
                    ChatMessage(
                        .user,
                        [
                            .text(instruction + "\n\n"), .tokens(paragraphBreak),
                            .text("\n\n\(template.questionHeading)\n\n"), .tokens(questionTokens),
                            .text("\n\n\(template.answerHeading)"),
                        ])
                ], addingAssistantHeader: true)
            var pieces: [[Prompt.Part]] = [[]]
            for part in prompt.parts {
                if case .tokens = part { pieces.append([]) } else { pieces[pieces.count - 1].append(part) }
            }
            return pieces.map { tokenizer.encode(Prompt($0)) }
        }
        let encoded = pieces(template.instruction)
        let heading = encoded.count > 1 ? encoded[1] : []
        let end = encoded.dropFirst(2).flatMap(\.self)
        prefix = encoded[0]
        answerPrefix =
            template.answerInstruction == nil ? prefix : pieces(template.answerInstruction(naming: question))[0]
        switch profile.queryTokens {
        case .question:
            suffix = heading + questionTokens
            queryTokens = heading.count..<suffix.count
            tail = end
        case .questionToEnd:
            suffix = heading + questionTokens + end
            queryTokens = heading.count..<suffix.count
            tail = []
        }
        self.paragraphBreak = paragraphBreak
    }

    /// A prompt from its parts.
    package init(
        prefix: [TokenID], suffix: [TokenID], queryTokens: Range<Int>, tail: [TokenID] = [],
        paragraphBreak: [TokenID] = []
    ) {
        self.prefix = prefix
        self.suffix = suffix
        self.queryTokens = queryTokens
        self.tail = tail
        answerPrefix = prefix
        self.paragraphBreak = paragraphBreak
    }

    /// The prompt in which other text stands before the question, whose tokens are the query tokens.
    func following(_ text: [TokenID]) -> QuestionPrompt {
        let start = paragraphBreak.count
        return QuestionPrompt(
            prefix: prefix, suffix: paragraphBreak + text + suffix, queryTokens: start..<start + text.count,
            paragraphBreak: paragraphBreak)
    }

    /// The whole input from which the answer is generated.
    package func answering(from context: [TokenID]) -> [TokenID] { answerPrefix + context + suffix + tail }
}
