import InfiniRetri
import TestSupport
import Testing
import Tokenization
import Transformer

@Suite struct LexicalPriorTests {
    /// Of bytes: every letter is a term.
    private let tokenizer: Tokenizer
    private let texts = [
        "The ship came back in spring, and the ship was counted.", "The quagga stood by the river.",
        "In spring the river rises, as in all the years before, and nobody counts the herons that come and go and stay.",
        "The harbour is empty.",
    ]

    init() throws { tokenizer = try TransformerModel.load(RandomModel()).tokenizer }

    private func shares(_ question: String) -> [Float] {
        let passages = texts.map(tokenizer.encode)
        let query = LexicalPrior(passages: passages, tokenizer: tokenizer).query(tokenizer.encode(question))
        return passages.map { query.share(of: $0) }
    }

    @Test func passagesWithTheQuestionsWordsComeFirst() {
        // Its q is in no other text, its e in all.
        let shares = shares("eq")
        #expect(shares.indices.max { shares[$0] < shares[$1] } == 1)
        #expect(shares.allSatisfy { (0..<1).contains($0) })
    }

    @Test func letterCaseAndSpacesDoNotCount() {
        #expect(shares("QUAGGA") == shares(" quagga "))
        #expect(shares("Q")[1] > 0)
    }

    @Test func nothingSharedIsNothing() {
        #expect(shares("?! ... --") == [0, 0, 0, 0])
        #expect(shares("") == [0, 0, 0, 0])
    }

    @Test func tokensThatTheVocabularyLacksDoNotCount() {
        let strange: [TokenID] = [-5, .max, TokenID(tokenizer.vocabularySize)]
        let prior = LexicalPrior(passages: [strange], tokenizer: tokenizer)
        #expect(prior.query(strange).share(of: strange) == 0)
    }

    @Test func aScanMultipliesItsScoresByWhatIsShared() async throws {
        let sample = try IndexSample()
        let path = sample.folder.path("one.iridx")
        _ = try sample.builder().build(path, from: [.text(IndexSample.text("one", paragraphs: 30), name: "one")])
        let index = try AttentionIndex(path: path)
        func firstRound(lexicalPrior: Bool) throws -> [ScoredPassage] {
            var options = sample.options
            options.lexicalPrior = lexicalPrior
            let retriever = try Retriever(model: sample.model, options: options)
            let prompt = QuestionPrompt(question: IndexSample.questions[1], rows: .question, model: sample.model)
            let weights = [prompt.rows.map { _ in Float(1) }]
            return try IndexRetrieval(index: index, retriever: retriever)
                .firstRound([prompt], tokens: .max / 4, weights: weights)[0]
        }
        let plain = try firstRound(lexicalPrior: false)
        let weighed = try firstRound(lexicalPrior: true)
        let tokenizer = sample.model.tokenizer
        let prior = LexicalPrior(
            passages: plain.map { $0.passage.sentences.flatMap(\.tokens) }, tokenizer: tokenizer)
        let query = prior.query(tokenizer.encode(IndexSample.questions[1]))
        #expect(plain.map(\.passage.byteRange) == weighed.map(\.passage.byteRange))
        for (one, other) in zip(plain, weighed) {
            let share = query.share(of: one.passage.sentences.flatMap(\.tokens))
            #expect(share > 0)
            #expect(abs(other.score - one.score * (1 + share)) < 1e-5 * other.score)
        }
    }

    @Test func textsWithoutAnIndexHaveNone() async throws {
        let sample = try IndexSample()
        var options = sample.options
        options.lexicalPrior = true
        let retriever = try Retriever(model: sample.model, options: options)
        await #expect(throws: RetrievalError.self) {
            for try await _ in retriever.ask("What?", of: [.text("A text.", name: "text")], answering: nil) {}
        }
    }
}
