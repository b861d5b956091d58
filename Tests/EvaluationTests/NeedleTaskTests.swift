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

    func outputs(for questions: [AskedQuestion], in context: String) -> [SystemOutput] {
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
        #expect(haystack.text(length: tokenCount, hiding: [.init(Self.needle, depth: depth)]) == expected)
    }

    @Test func textsAreRepeatedAndCutAtSentences() {
        let long = haystack.text(length: tokenCount * 2 + tokenCount / 4, hiding: [.init(Self.needle, depth: 1)])
        #expect(long == "\(text)\n\n\(text)\n\nOne cat sat. \(Self.needle)")
        let short = haystack.text(length: tokenCount / 4, hiding: [.init(Self.needle, depth: 1)])
        #expect(short == "One cat sat. \(Self.needle)")
        #expect(tokenizer.encode(short).count <= tokenCount / 4 + tokenizer.encode(" " + Self.needle).count)
    }

    @Test func everyLengthMeetsEveryDepth() async throws {
        let needles = try NeedleSet(
            sentences: [Self.needle], questions: [.init("Where is the key?", answers: ["under the mat"])])
        let task = try NeedleTask(
            haystack: haystack, named: "tiny", needles: needles,
            grid: .init(lengths: [tokenCount, tokenCount * 3], depths: [0, 0.5, 1]))
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
            try NeedleTask(haystack: hay, named: "tiny", grid: .init(lengths: [], depths: [0]))
        }
        #expect(throws: EvaluationError.self) {
            try NeedleTask(haystack: hay, named: "tiny", grid: .init(lengths: [100], depths: [1.5]))
        }
        #expect(throws: EvaluationError.self) {
            try NeedleSet(sentences: ["a b"], questions: [.init("?", answers: ["c"])])
        }
    }

    @Test("A haystack of no text is refused", arguments: [false, true])
    func noText(joiningLines: Bool) throws {
        let empty = try TemporaryFolder()
        func haystack() throws -> Haystack {
            try Haystack(folder: empty.path(""), joiningLines: joiningLines, tokenizer: tokenizer)
        }
        #expect(throws: EvaluationError.empty(path: empty.path(""))) { try haystack() }
        _ = try empty.write("A text.", to: "text.md")
        _ = try empty.write("", to: "1.txt")
        _ = try empty.write("\n \t\r\n\n", to: "2.txt")
        #expect(throws: EvaluationError.empty(path: empty.path(""))) { try haystack() }
        _ = try empty.write("One cat sat.", to: "3.txt")
        #expect(try haystack().text(length: tokenCount, hiding: []).hasSuffix("One cat sat."))
        #expect(throws: EvaluationError.empty(path: "none")) {
            try NeedleTask(
                haystack: Haystack(text: [], tokenizer: tokenizer), named: "none",
                grid: .init(lengths: [100], depths: [0]))
        }
    }

    @Test func aNeedleNeverStandsAlone() throws {
        let shortest = tokenizer.encode("One cat sat.").count
        let hay = haystack
        func task(length: Int) throws -> NeedleTask {
            try NeedleTask(haystack: hay, named: "tiny", grid: .init(lengths: [tokenCount, length], depths: [0]))
        }
        _ = try task(length: shortest)
        #expect(haystack.text(length: shortest, hiding: []) == "One cat sat.")
        let error = #expect(throws: EvaluationError.self) { try task(length: shortest - 1) }
        #expect(error?.description.contains("lengths are \(shortest) tokens or more") == true)
        #expect(haystack.text(length: shortest - 1, hiding: []).isEmpty)
    }

    @Test func thePapersGrid() {
        #expect(NeedleTask.Grid.paper.lengths.count == 32)
        #expect(NeedleTask.Grid.paper.lengths.first == 32_768)
        #expect(NeedleTask.Grid.paper.lengths.last == 1_048_576)
        #expect(NeedleTask.Grid.paper.depths.count == 10)
        #expect(NeedleTask.Grid.paper.depths.first == 0 && NeedleTask.Grid.paper.depths.last == 1)
        #expect(NeedleTask.Grid.coarse.lengths == (1...8).map { $0 * 131_072 })
    }

    @Test func severalNeedlesKeepTheirOrder() {
        let hidden = [("N1.", 0.0), ("N2.", 0), ("N3.", 0.5), ("N4.", 1), ("N5.", 0.5)].map {
            Haystack.Hidden($0.0, depth: $0.1)
        }
        #expect(
            haystack.text(length: tokenCount, hiding: hidden)
                == "N1. N2. One cat sat. Two dogs ran! N3. N5.\n\nWhy did three birds sing? Four fish swam. N4.")
    }

    @Test func aQuestionMayNeedSeveralNeedles() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            """
            {"sentence": "The key is under the mat.", "question": "Where is the key?", "answer": "under the mat"}

            {"sentence": "The safe is behind the clock."}
            {"question": "Where are key and safe?", "answers": ["under the mat", "behind the clock"]}
            """, to: "needles.jsonl")
        let needles = try NeedleSet(path: path)
        #expect(needles.sentences.count == 2)
        let task = try NeedleTask(
            haystack: haystack, named: "tiny", needles: needles, grid: .init(lengths: [tokenCount], depths: [0]))
        struct FirstHalf: EvidenceSystem {
            let settings: [String: String] = [:]
            func outputs(for questions: [AskedQuestion], in context: String) -> [SystemOutput] {
                let half = String(context.prefix(context.count / 2))
                return questions.map { _ in
                    SystemOutput(
                        evidence: [.init(byteRange: 0..<half.utf8.count, text: half)], evidenceTokens: 1,
                        documentTokens: 1, answer: "under the mat and behind the clock", retrievalSeconds: 1,
                        questionsInPass: questions.count)
                }
            }
        }
        var rows: [EvaluationRow] = []
        _ = try await EvaluationRunner(task: task, system: FirstHalf()).run { finished, _ in rows = finished }
        #expect(rows.map(\.id) == ["\(tokenCount)@0.0#1", "\(tokenCount)@0.0#2"])
        // The second needle goes to the middle, behind half of the text: the first alone is kept.
        #expect(rows.map { $0.metrics["retrieved"] } == [1, 0])
        #expect(rows.map { $0.metrics["answered"] } == [1, 1])
        let whole = try await EvaluationRunner(task: task, system: WholeText()).run()
        #expect(whole.overall["retrieved"] == 1)
        #expect(whole.passes.count == 2)
    }

    @Test(
        "Errors in needle files name the line",
        arguments: [
            (#"{"sentence": 1}"#, "needles.jsonl:1: the field \"sentence\" should be"),
            (#"{"answer": "x"}"#, "needles.jsonl:1: give a \"sentence\""),
            (#"{"sentence": "a b", "question": "?", "answer": "c"}"#, "\"c\" is not"),
            (#"{"sentence": "a b"}"#, "at least one sentence and one question"),
            ("", "holds nothing"),
        ])
    func brokenNeedles(text: String, message: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(text, to: "needles.jsonl")
        let error = #expect(throws: EvaluationError.self) { try NeedleSet(path: file) }
        #expect("\(error.map(String.init(describing:)) ?? "")".contains(message))
    }
}
