import Evaluation
import InfiniRetri
import Synchronization
import TestSupport
import Testing
import Tokenization
import Transformer

/// Counts the tokens that go through another model.
private final class CountingModel: LanguageModel {
    let base: any LanguageModel
    private let counted = Mutex(0)

    init(_ base: any LanguageModel) { self.base = base }

    var name: String { base.name }
    var shape: ModelShape { base.shape }
    var tokenizer: Tokenizer { base.tokenizer }
    var chatTemplate: ChatTemplate { base.chatTemplate }
    var tokens: Int { counted.withLock { $0 } }

    func makeCache() -> any KeyValueCache { base.makeCache() }

    func forward(_ sequences: [SequenceRequest]) throws -> [ForwardResult] {
        for sequence in sequences { counted.withLock { $0 += sequence.request.tokens.count } }
        return try base.forward(sequences)
    }
}

@Suite("A model that remembers its passes")
struct RememberingModelTests {
    private let file: TemporaryFile
    private let model: TransformerModel

    init() throws {
        file = try RandomModel { $0.layers = 3 }.temporaryFile()
        model = try TransformerModel.load(path: file.path)
    }

    private func outputs(
        _ questions: [AskedQuestion], in context: String, by model: any LanguageModel
    ) async throws -> [SystemOutput] {
        // Likelihood needs logits, which are not remembered.
        var plan = RetrievalPlan.standard
        plan.reranking = []
        plan.hops.most = 0
        plan.answers.leastWholeText = nil
        plan.budget = 100
        plan.window = 300
        return try await RetrieverSystem(Retriever(model: model, plan: plan), isTimed: false)
            .outputs(for: questions, in: context)
    }

    @Test(
        "What is remembered equals what is computed", arguments: [["Which one?"], ["Which one?", "Where is seven?"]])
    func equal(questions: [String]) async throws {
        let paragraphs = (1...60).map { "Paragraph \($0) holds the number \($0 * 37). Nothing else is in it.\n\n" }
        let questions = questions.map { AskedQuestion($0) }
        let remembering = RememberingModel(model)
        for place in [50, 30, 30, 10] {
            var text = paragraphs
            text.insert("The needle is here.\n\n", at: place)
            let context = text.joined()
            let remembered = try await outputs(questions, in: context, by: remembering)
            #expect(remembered == (try await outputs(questions, in: context, by: model)))
            #expect(!remembered.contains { $0.evidence.isEmpty })
        }
    }

    @Test("A text that was read before costs nothing")
    func nothingIsRunTwice() async throws {
        let text = (1...40).map { "Line \($0) says \($0 * 7).\n\n" }.joined()
        let counting = CountingModel(model)
        let remembering = RememberingModel(counting)
        let first = try await outputs(["Which one?"], in: text, by: remembering)
        let cost = counting.tokens
        #expect(cost >= first[0].processedTokens)
        #expect(try await outputs(["Which one?"], in: text, by: remembering) == first)
        #expect(counting.tokens == cost)
        // Another question meets other rows: nothing of it is known.
        _ = try await outputs(["What else is there?"], in: text, by: remembering)
        #expect(counting.tokens >= cost * 3 / 2)
    }

    @Test("What does not fit is forgotten, and computed again")
    func capacity() async throws {
        let text = (1...40).map { "Line \($0) says \($0 * 7).\n\n" }.joined()
        let counting = CountingModel(model)
        let forgetful = RememberingModel(counting, capacity: 0)
        let first = try await outputs(["Which one?"], in: text, by: forgetful)
        let cost = counting.tokens
        #expect(try await outputs(["Which one?"], in: text, by: forgetful) == first)
        #expect(counting.tokens == 2 * cost)
    }
}
