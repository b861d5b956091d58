import Foundation
import InfiniRetri
import TestSupport
import Testing

/// The library as somebody uses it who adds the package: one import, public names alone. What does not compile here any more
/// breaks somebody's program, so a change of this file is a line in the changelog.
@Suite struct PublicAPITests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = try folder.write("The key hangs in the hall.\n\nTea is served at four.", to: "notes/house.txt")
    }

    private func model() throws -> TransformerModel {
        let file = try RandomModel { $0.layers = 3 }.temporaryFile()
        return try TransformerModel.load(path: file.path)
    }

    @Test func askingDocuments() async throws {
        var plan = RetrievalPlan.standard
        plan.budget = 100
        plan.hops.most = 1
        plan.reranking = [RetrievalPlan.Reranking(by: .likelihood, passages: 3)]
        let retriever = try Retriever(model: model(), plan: plan)
        #expect(retriever.plan.window == retriever.profile.window)
        var order: [String] = []
        let options = GenerationOptions(maxTokens: 3)
        let documents = try DocumentList(at: folder.path("notes")).documents
        for try await event in retriever.ask("Where is the key?", of: documents, answering: .generated(options)) {
            switch event {
            case .progress(let progress): order.append(progress.tokensPerSecond >= 0 ? "progress" : "")
            case .evidence(let evidence, let answerable, let question):
                #expect((0...1).contains(try #require(answerable)))
                order.append("evidence")
                #expect(question == 0)
                let piece = try #require(evidence.first)
                #expect(piece.document == path && piece.line == 1 && piece.byteRange == piece.textRange)
                #expect(!piece.text.isEmpty && piece.score.isFinite)
            case .omissions, .aboutWhole, .text: break
            case .answer(let answer, _):
                order.append("answer")
                #expect(answer.text != nil && answer.usage.documentTokens > 0 && !answer.stages.isEmpty)
            }
        }
        #expect(order == ["progress", "evidence", "answer"])
    }

    @Test func indexes() async throws {
        let model = try model()
        let file = folder.path("notes.iridx")
        let change = try IndexBuilder(model: model, keys: .float16).build(file, from: [.file(path: path)])
        #expect(change.added == 1)
        let index = try AttentionIndex(path: file)
        #expect(try index.profile == RetrievalProfile.automatic(for: model.shape))
        #expect(index.documents.map(\.name) == [path] && index.keyFormat == .float16 && index.sizes.tokens > 0)
        for try await case .answer(let answer, _) in try Retriever(model: model).ask(
            ["Where?"], in: index, answering: nil)
        {
            #expect(!answer.evidence.isEmpty)
        }
    }

    @Test func plansAndProfilesAreFiles() throws {
        let plan = try RetrievalPlan(json: Data(#"{"budget": 300, "selection": {"wholeTokens": 90}}"#.utf8))
        #expect(plan.budget == 300 && plan.reranking.map(\.by) == [.likelihood])
        #expect(RetrievalPlan.paper.order == .fold)
        let profile = try JSONDecoder().decode(
            RetrievalProfile.self, from: JSONEncoder().encode(RetrievalProfile.paper))
        #expect(profile == .paper && profile.prompt.language == "en")
        let evidence = Evidence(document: "a", byteRange: 0..<2, line: 1, text: "So", score: 1)
        #expect(try JSONDecoder().decode(Evidence.self, from: JSONEncoder().encode(evidence)) == evidence)
    }

    @Test func errorsSayWhatToDo() throws {
        #expect(throws: DocumentError.notFound(name: "/no/such/file")) { try DocumentList(at: "/no/such/file") }
        #expect(throws: IndexError.notFound(path: "/no/such.iridx")) { try AttentionIndex(path: "/no/such.iridx") }
        #expect("\(RetrievalError.noQuestion)" == "no question is asked; give at least one")
    }

    @Test func aModelAlone() throws {
        let model: any LanguageModel = try model()
        let tokens = model.tokenizer.encode("Where is the key?")
        let cache = model.makeCache()
        let probe = AttentionProbe(
            heads: [AttentionHead(layer: 1, head: 0)], rows: 2..<tokens.count, columns: 0..<2)
        let result = try model.forward(ForwardRequest(tokens: tokens, probe: probe), cache: cache)
        #expect(result.attention?.values.count == (tokens.count - 2) * 2)
    }
}
