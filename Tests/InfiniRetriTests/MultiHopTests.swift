import Foundation
import InfiniRetri
import TestSupport
import Testing
import Transformer

@Suite("Hops", .enabled(if: TestModels.smolLM2 != nil, "the default model is not here: make models"))
struct MultiHopTests {
    private static let steps = [
        "The only novel that Ada Quill ever finished is called Copper Door.",
        "The manuscript of Copper Door is kept in a vault in Harnfield.",
        "Harnfield is a small town on the river Ostrel.",
    ]
    private static let question = "On which river lies the town where Ada Quill's novel is kept?"

    /// The steps in reversed order, far from each other in a text about other things.
    private static let text: String = {
        var generator = SyntheticDocumentGenerator(seed: 5)
        var paragraphs = (generator.next().text + "\n\n" + generator.next().text).split(separator: "\n\n").map(
            String.init)
        for (index, step) in steps.reversed().enumerated() { paragraphs.insert(step, at: 12 + 24 * index) }
        return paragraphs.joined(separator: "\n\n")
    }()

    private func answer(
        hops: Int?, stage: RetrievalPlan.Stage = .windows, text: String = Self.text, window: Int = 1_000
    ) async throws -> Answer? {
        let model = try TransformerModel.load(path: #require(TestModels.smolLM2))
        var plan = RetrievalPlan.standard
        plan.stages = [stage, .lexical]
        plan.budget = 150
        plan.window = window
        if let hops { (plan.hops.most, plan.hops.isAutomatic) = (hops, false) }
        let retriever = try Retriever(model: model, plan: plan)
        var found: Answer?
        let documents = [Document.text(text, name: "text")]
        for try await case .answer(let answer, _) in retriever.ask(Self.question, of: documents, answering: nil) {
            found = answer
        }
        return found
    }

    @Test(arguments: [RetrievalPlan.Stage.windows, .keys])
    func eachStepLeadsToTheNext(stage: RetrievalPlan.Stage) async throws {
        let direct = try #require(try await answer(hops: 0, stage: stage))
        let followed = try #require(try await answer(hops: nil, stage: stage))
        let texts = followed.evidence.map(\.text)
        for step in Self.steps { #expect(texts.contains(step)) }
        // In the order of the text, within the budget, no byte twice.
        let starts = followed.evidence.map(\.textRange.lowerBound)
        #expect(starts == starts.sorted())
        #expect(followed.usage.evidenceTokens <= 150)
        #expect(
            zip(followed.evidence, followed.evidence.dropFirst()).allSatisfy { !$0.textRange.overlaps($1.textRange) })
        // Hops cost passes.
        #expect(followed.usage.processedTokens > direct.usage.processedTokens)
    }

    /// A sentence that is longer than a window leaves room for the windows.
    @Test func aLongSentenceIsCut() async throws {
        let long = "Ada Quill " + String(repeating: "wrote and wrote and ", count: 60) + "then finished the novel"
        let answer = try #require(
            try await answer(hops: 2, text: "\(long).\n\n\(Self.text)", window: 128))
        #expect(!answer.evidence.isEmpty)
        #expect(answer.usage.evidenceTokens <= 150)
    }

    @Test func foldRefusesHops() throws {
        let model = try TransformerModel.load(path: #require(TestModels.smolLM2))
        var plan = RetrievalPlan.paper
        (plan.hops.most, plan.hops.isAutomatic) = (1, false)
        #expect(throws: RetrievalError.self) { try Retriever(model: model, profile: .paper, plan: plan) }
        plan.order = .tree
        plan.hops.most = -1
        #expect(throws: RetrievalError.self) { try Retriever(model: model, profile: .paper, plan: plan) }
    }
}
