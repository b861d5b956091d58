import Evaluation
import Foundation
import TestSupport
import Testing
import Tokenization
import Transformer

/// Keeps the whole text as evidence and answers with a fixed text.
private struct WholeText: EvidenceSystem {
    let settings = ["system": "whole text"]
    var answer: String?

    func outputs(for questions: [String], in context: String) -> [SystemOutput] {
        questions.map { _ in
            SystemOutput(
                evidence: [.init(byteRange: 0..<context.utf8.count, text: context)], evidenceTokens: 1,
                documentTokens: 1, answer: answer, retrievalSeconds: 1)
        }
    }
}

@Suite("Needle in a haystack")
struct NeedleTaskTests {
    private static let needle = "The key is under the mat."
    private let tokenizer: Tokenizer
    private let haystack: Haystack
    private let text: String
    private let tokenCount: Int

    init() throws {
        let file = try RandomModel().temporaryFile()
        tokenizer = try TransformerModel.load(path: file.path).tokenizer
        text = "One cat sat. Two dogs ran!\n\nWhy did three birds sing? Four fish swam."
        haystack = Haystack(text: Array(text.utf8), tokenizer: tokenizer)
        // Texts are repeated with a blank line between.
        tokenCount = tokenizer.encode(text + "\n\n").count
    }

    @Test(
        "The needle stands behind the last sentence before the depth",
        arguments: [
            (0.0, "The key is under the mat. One cat sat. Two dogs ran!\n\nWhy did three birds sing? Four fish swam."),
            (0.2, "One cat sat. The key is under the mat. Two dogs ran!\n\nWhy did three birds sing? Four fish swam."),
            (0.5, "One cat sat. Two dogs ran! The key is under the mat.\n\nWhy did three birds sing? Four fish swam."),
            (1.0, "One cat sat. Two dogs ran!\n\nWhy did three birds sing? Four fish swam. The key is under the mat."),
        ])
    func depths(depth: Double, expected: String) {
        #expect(haystack.text(length: tokenCount, hiding: Self.needle, depth: depth) == expected)
    }

    @Test func textsAreRepeatedAndCutAtSentences() {
        let long = haystack.text(length: tokenCount * 2 + tokenCount / 4, hiding: Self.needle, depth: 1)
        #expect(long == "\(text)\n\n\(text)\n\nOne cat sat. \(Self.needle)")
        let short = haystack.text(length: tokenCount / 4, hiding: Self.needle, depth: 1)
        #expect(short == "One cat sat. \(Self.needle)")
        #expect(tokenizer.encode(short).count <= tokenCount / 4 + tokenizer.encode(" " + Self.needle).count)
    }

    @Test func everyLengthMeetsEveryDepth() async throws {
        let needle = NeedleTask.Needle(
            sentence: Self.needle, question: "Where is the key?", answer: "under the mat")
        let task = try NeedleTask(
            haystack: haystack, named: "tiny", needle: needle, lengths: [tokenCount, tokenCount * 3],
            depths: [0, 0.5, 1])
        let system = WholeText(answer: "Under a mat, I think")
        let summary = try await EvaluationRunner(task: task, system: system).run()
        #expect(summary.questions == 6)
        #expect(summary.overall["retrieved"] == 1)
        // In SQuAD's normal form both say "under mat".
        #expect(summary.overall["answered"] == 1)
        // "under a mat i think" and "under the mat" share two words: F = 2 * 2 / (5 + 3).
        #expect(abs((summary.overall["rouge1"] ?? 0) - 0.5) < 1e-12)
        #expect(Set(summary.groups.keys) == ["\(tokenCount)", "\(tokenCount * 3)"])
        let retrieving = try await EvaluationRunner(task: task, system: WholeText()).run()
        #expect(retrieving.overall["answered"] == nil)
    }

    @Test func gridsThatMakeNoSenseAreRefused() {
        let hay = haystack
        #expect(throws: EvaluationError.self) {
            try NeedleTask(haystack: hay, named: "tiny", lengths: [], depths: [0])
        }
        #expect(throws: EvaluationError.self) {
            try NeedleTask(haystack: hay, named: "tiny", lengths: [100], depths: [1.5])
        }
        let broken = NeedleTask.Needle(sentence: "a b", question: "?", answer: "c")
        #expect(throws: EvaluationError.self) {
            try NeedleTask(haystack: hay, named: "tiny", needle: broken, lengths: [100], depths: [0])
        }
    }

    @Test func bm25KeepsTheBestSentencesWithinTheBudget() {
        let budget = tokenizer.encode(Self.needle).count
        let context = "One cat sat. Two dogs ran! \(Self.needle) The cat saw the key."
        let system = BM25System(budget: budget, tokenizer: tokenizer)
        let output = system.outputs(for: ["What is under the mat?", "zebra"], in: context)
        #expect(output.map { $0.evidence.map(\.text) } == [[Self.needle], []])
        #expect(output[0].evidence.first?.byteRange == 27..<52)
        #expect(output[0].evidenceTokens == budget)
        #expect(output[0].questionsInPass == 2)
    }
}
