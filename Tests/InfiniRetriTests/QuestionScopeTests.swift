import InfiniRetri
import TestSupport
import Testing
import Transformer

/// Questions about the text as a whole, of which none stands among the examples.
@Suite("Question scope", .enabled(if: TestModels.smolLM2 != nil, "the default model is not here: make models"))
struct QuestionScopeTests {
    private func areAboutWhole(_ questions: [String]) async throws -> Set<Int> {
        let model = try TransformerModel.load(path: #require(TestModels.smolLM2))
        let retriever = try Retriever(model: model)
        var found: Set<Int> = []
        let text = Document.text("The pump of the well is green. It was painted in May.", name: "text")
        for try await case .answer(let answer, let question) in retriever.ask(questions, of: [text], answering: nil)
        where answer.asksAboutWhole {
            found.insert(question)
        }
        return found
    }

    @Test func summariesAndCountsAreTold() async throws {
        let whole = [
            "Summarize this text.", "Give a summary.", "What are the most important points?",
            "List all topics covered.",
            "Explain the whole thing briefly.", "总结全文。",
        ]
        let others = [
            "How many sailors were aboard the ship?", "What is the penalty for late delivery?",
            "Wo ist der Schlüssel?", "What colour is the pump?", "What did Anna say about the garden?",
        ]
        #expect(try await areAboutWhole(whole + others) == Set(whole.indices))
    }
}

/// A model whose context does not hold the examples is asked all the same.
@Suite struct ShortContextScopeTests {
    @Test func nothingIsToldWhereTheExamplesDoNotFit() async throws {
        let file = try RandomModel { $0.contextLength = 256 }.temporaryFile()
        let model = try TransformerModel.load(path: file.path)
        var plan = RetrievalPlan.standard
        (plan.window, plan.budget, plan.reranking, plan.hops.most) = (64, 16, [], 0)
        let retriever = try Retriever(model: model, plan: plan)
        var answers: [Answer] = []
        let text = Document.text("It is red. It is blue.", name: "text")
        for try await case .answer(let answer, _) in retriever.ask("Sum up?", of: [text], answering: nil) {
            answers.append(answer)
        }
        #expect(answers.map(\.asksAboutWhole) == [false])
        #expect(answers.first?.evidence.isEmpty == false)
    }
}
