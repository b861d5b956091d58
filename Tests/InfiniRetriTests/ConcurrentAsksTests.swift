import Dispatch
import InfiniRetri
import Synchronization
import TestSupport
import Testing
import Tokenization
import Transformer

/// Several asks of one model at once.
@Suite struct ConcurrentAsksTests {
    private static let text = (0..<60).map { "The keeper wrote line \($0) in the log. It was day \($0 * 7)." }
        .joined(separator: "\n\n")

    private func answer(_ index: Int, by retriever: Retriever) async throws -> ([String], String) {
        let options = GenerationOptions(maxTokens: 12, minTokens: 12)
        for try await event in retriever.ask(
            "What is on line \(index)?", of: [.text(Self.text, name: "log")], answering: .generated(options))
        {
            if case .answer(let answer, _) = event { return (answer.evidence.map(\.text), answer.text ?? "") }
        }
        Issue.record("An ask must end with an answer.")
        return ([], "")
    }

    @Test func togetherIsAlone() async throws {
        let file = try RandomModel { $0.contextLength = 2_000 }.temporaryFile()
        let retriever = try Retriever(model: TransformerModel.load(path: file.path))
        var alone: [([String], String)] = []
        for index in 0..<6 { alone.append(try await answer(index, by: retriever)) }
        let together = try await withThrowingTaskGroup(of: (Int, ([String], String)).self) { group in
            for index in 0..<6 { group.addTask { (index, try await answer(index, by: retriever)) } }
            var found: [Int: ([String], String)] = [:]
            for try await (index, answer) in group { found[index] = answer }
            return found
        }
        for (index, expected) in alone.enumerated() {
            #expect(together[index]?.0 == expected.0)
            #expect(together[index]?.1 == expected.1)
        }
        #expect(alone.contains { !$0.0.isEmpty })
    }

    /// A model whose first pass waits until it is let go.
    private struct HeldModel: LanguageModel {
        let base: any LanguageModel
        let held = DispatchSemaphore(value: 0)
        let gate = DispatchSemaphore(value: 0)

        var name: String { base.name }
        var shape: ModelShape { base.shape }
        var tokenizer: Tokenizer { base.tokenizer }
        var chatTemplate: ChatTemplate { base.chatTemplate }

        func makeCache() -> any KeyValueCache { base.makeCache() }

        func forward(_ sequences: [SequenceRequest]) throws -> [ForwardResult] {
            held.signal()
            gate.wait()
            gate.signal()
            return try base.forward(sequences)
        }
    }

    /// Asks that stand still, more than there are CPUs, hold up no other.
    @Test func asksThatWaitHoldUpNoOther() async throws {
        let file = try RandomModel { $0.contextLength = 2_000 }.temporaryFile()
        let model = try TransformerModel.load(path: file.path)
        let held = HeldModel(base: model)
        let slow = try Retriever(model: held), quick = try Retriever(model: model)
        let asks = (0..<12).map { index in Task { try await answer(index, by: slow) } }
        _ = try await answer(1, by: quick)
        held.gate.signal()
        for ask in asks { _ = try await ask.value }
    }
}
