import InfiniRetri
import TestSupport
import Testing
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

    @Test func itIsTheReciprocalOfTheQuestionsPerplexity() throws {
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
                of: AskedPrompt(question: question, prompt: prompt), after: passages)
            #expect(likelihoods.count == passages.count)
            for (passage, found) in zip(passages, likelihoods) {
                let context = Window([passage], paragraphBreak: prompt.paragraphBreak).tokens
                let before = prompt.prefix + context + prompt.suffix[..<prompt.queryTokens.lowerBound]
                let perplexity = try model.perplexity(
                    of: before + prompt.suffix[prompt.queryTokens], context: before.count)
                #expect(abs(Double(found) * perplexity.value - 1) < 1e-4)
            }
        }
        // The prefix went through the model once, for the question asked first.
        for (question, prompt) in questions.enumerated() {
            let own = passages.reduce(0) { $0 + $1.tokenCount + prompt.suffix.count - 1 }
            #expect(meter.passes(for: question).tokens == own + (question == 0 ? prompt.prefix.count : 0))
        }
    }
}
