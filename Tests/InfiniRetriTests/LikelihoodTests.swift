import Foundation
import InfiniRetri
import TestSupport
import Testing
import Tokenization
import Transformer

@Suite struct LikelihoodTests {
    private let file: TemporaryFile
    private let model: TransformerModel

    init() throws {
        file = try RandomModel().temporaryFile()
        model = try TransformerModel.load(path: file.path, options: LoadOptions(arithmetic: .float32))
    }

    private func passages(_ text: String) throws -> [Passage] {
        var reader = PassageReader([.text(text, name: "text")], unit: .paragraph, tokenizer: model.tokenizer)
        var passages: [Passage] = []
        while let passage = try reader.next() { passages.append(passage) }
        return passages
    }

    @Test func itIsTheLogarithmOfTheQuestionsPerplexity() throws {
        let passages = try passages("The cat sat. It was a mat.\n\nTwo dogs ran home, and nobody saw them.")
        #expect(passages.count == 2)
        // The last is longer than what is run at once.
        let long = String(repeating: "Where is it? ", count: 60)
        let questions = ["Where did the cat sit?", "Who ran?", long].map {
            QuestionPrompt(question: $0, profile: .unmeasured, model: model)
        }
        let meter = CostMeter(questions: questions.count)
        let scorer = try ModelScorer(
            model: model, profile: .unmeasured, prefix: questions[0].prefix, meter: meter)
        for (question, prompt) in questions.enumerated() {
            let likelihoods = try scorer.likelihoods(
                of: AskedPrompt(question: question, prompt: prompt), behind: [], after: passages.map { [$0] })
            #expect(likelihoods.count == passages.count)
            for (passage, found) in zip(passages, likelihoods) {
                let context = Window([passage], paragraphBreak: prompt.paragraphBreak).tokens
                let before = prompt.prefix + context + prompt.suffix[..<prompt.queryTokens.lowerBound]
                let perplexity = try model.perplexity(
                    of: before + prompt.suffix[prompt.queryTokens], context: before.count)
                #expect(abs(Double(found) + log(perplexity.value)) < 1e-4)
            }
        }
        // The prefix went through the model once, for the question asked first.
        for (question, prompt) in questions.enumerated() {
            let own = passages.reduce(0) { $0 + $1.tokenCount + prompt.suffix.count - 1 }
            #expect(meter.passes(for: question).tokens == own + (question == 0 ? prompt.prefix.count : 0))
        }
    }

    /// What goes before may be passages, too: they are read once for all that follow them.
    @Test func passagesBehindOthersAreReadBehindThem() throws {
        let passages = try passages("The cat sat.\n\nTwo dogs ran home.\n\nNobody saw the cat there.")
        let prompt = QuestionPrompt(question: "Who saw it?", profile: .unmeasured, model: model)
        let meter = CostMeter(questions: 1)
        let scorer = try ModelScorer(model: model, profile: .unmeasured, prefix: prompt.prefix, meter: meter)
        let asked = AskedPrompt(question: 0, prompt: prompt)
        func negativeLogLikelihood(_ before: [TokenID], _ predicted: [TokenID]) throws -> Double {
            try model.perplexity(of: before + predicted, context: before.count).negativeLogLikelihood
        }
        let given = Array(passages.prefix(1))
        let others = Array(passages.dropFirst())
        let found = try scorer.likelihoods(of: asked, behind: given, after: others.map { [$0] })
        for (passage, found) in zip(others, found) {
            let context = Window(given + [passage], paragraphBreak: prompt.paragraphBreak).tokens
            let question = Array(prompt.suffix[prompt.queryTokens])
            let expected = try negativeLogLikelihood(
                prompt.prefix + context + prompt.suffix[..<prompt.queryTokens.lowerBound], question)
            #expect(abs(Double(found) + expected) < 1e-4)
        }
        let before = meter.passes(for: 0).tokens
        let information = try scorer.information(about: others, tokens: 3, behind: given, asked)
        for (passage, found) in zip(others, information) {
            let head = Array(passage.tokens.prefix(3))
            let alone = try negativeLogLikelihood(prompt.prefix + prompt.paragraphBreak, head)
            let behind = try negativeLogLikelihood(
                prompt.prefix + given[0].tokens + prompt.suffix + prompt.paragraphBreak, head)
            #expect(abs(Double(found) - 3 * (alone - behind)) < 1e-3)
        }
        // Twice the beginnings, each behind a break, and once what they stand behind; nothing else is read again.
        let heads = others.count * 2 * (prompt.paragraphBreak.count + 2)
        #expect(meter.passes(for: 0).tokens - before == heads + given[0].tokenCount + prompt.suffix.count)
    }

    /// A vocabulary may have no tokens for a blank line: then the first token of a beginning is given.
    @Test func nothingNeedStandBetween() throws {
        let passages = try passages("The cat sat.\n\nTwo dogs ran home.")
        let prompt = QuestionPrompt(question: "Who saw it?", profile: .unmeasured, model: model)
        let bare = QuestionPrompt(prefix: prompt.prefix, suffix: prompt.suffix, queryTokens: prompt.queryTokens)
        let scorer = try ModelScorer(
            model: model, profile: .unmeasured, prefix: prompt.prefix, meter: CostMeter(questions: 1))
        let information = try scorer.information(
            about: [passages[1]], tokens: 3, behind: [passages[0]], AskedPrompt(question: 0, prompt: bare))[0]
        let head = Array(passages[1].tokens.prefix(3))
        func negativeLogLikelihood(behind before: [TokenID]) throws -> Double {
            try model.perplexity(of: before + head, context: before.count + 1).negativeLogLikelihood
        }
        let behind = try negativeLogLikelihood(behind: prompt.prefix + passages[0].tokens + prompt.suffix)
        let alone = try negativeLogLikelihood(behind: prompt.prefix)
        #expect(abs(Double(information) - 2 * (alone - behind)) < 1e-3)
    }
}
