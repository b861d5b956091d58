import Evaluation
import Foundation
import TestSupport
import Testing
import Tokenization
import Transformer

/// Keeps what `keeping` makes of the text; remembers texts and questions.
private actor SelectionRule: EvidenceSystem {
    nonisolated let settings: [String: String] = [:]
    private let keeping: @Sendable (String) -> String
    private(set) var contexts: [String] = []
    private(set) var asked: [AskedQuestion] = []

    init(_ keeping: @escaping @Sendable (String) -> String = { $0 }) { self.keeping = keeping }

    func outputs(for questions: [AskedQuestion], in context: String) -> [SystemOutput] {
        contexts.append(context)
        asked += questions
        let text = keeping(context)
        return questions.map { _ in
            SystemOutput(
                evidence: [.init(byteRange: 0..<text.utf8.count, text: text)], evidenceTokens: 1, documentTokens: 1,
                answer: text, retrievalSeconds: 1)
        }
    }
}

@Suite("RULER")
struct RulerTests {
    private static let names = [
        "niah_single_1", "niah_single_2", "niah_single_3", "niah_multikey_1", "niah_multikey_2", "niah_multikey_3",
        "niah_multivalue", "niah_multiquery", "vt", "cwe", "fwe",
    ]
    private let folder: TemporaryFolder
    private let tokenizer: Tokenizer
    private let source: RulerSource

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write(
            "It rained all day.\n\nThe harbour was quiet. Nobody came,\nand nobody left.", to: "e/a.txt")
        let model = try RandomModel().temporaryFile()
        tokenizer = try TransformerModel.load(path: model.path).tokenizer
        source = try RulerSource(folder: folder.path("e"), tokenizer: tokenizer)
    }

    private func run(
        _ names: [String], length: Int = 4_096, samples: Int = 1, seed: UInt64 = 0, _ system: SelectionRule
    ) async throws -> [EvaluationRow] {
        let task = try RulerTask(names: names, lengths: [length], samples: samples, seed: seed, source: source)
        var rows: [EvaluationRow] = []
        _ = try await EvaluationRunner(task: task, system: system).run { finished, _ in rows = finished }
        return rows
    }

    @Test("Texts have the wanted length and hold the answer", arguments: [1_024, 4_096, 9_000])
    func lengths(length: Int) async throws {
        let system = SelectionRule()
        let rows = try await run(["all"], length: length, system)
        #expect(rows.map(\.group) == Self.names)
        for (row, context) in zip(rows, await system.contexts) {
            let tokens = tokenizer.encode(context).count
            #expect(tokens <= length, "\(row.id)")
            #expect(tokens > length * 4 / 5 || length == 1_024, "\(row.id): \(tokens)")
            #expect(row.metrics["evidenceRecall"] == 1, "\(row.id): \(row.expected)")
            #expect(row.metrics["stringMatch"] == 1)
        }
    }

    @Test func theSeedDecidesEverything() async throws {
        let (one, same, other) = (SelectionRule(), SelectionRule(), SelectionRule())
        let rows = try await run(["all"], length: 1_024, samples: 2, one)
        #expect(try await run(["all"], length: 1_024, samples: 2, same) == rows)
        #expect(await one.contexts == same.contexts)
        _ = try await run(["all"], length: 1_024, samples: 2, seed: 1, other)
        let contexts = await one.contexts
        #expect(Set(contexts).count == 22)
        #expect(Set(contexts).isDisjoint(with: await other.contexts))
    }

    @Test func partsOfTheAnswerCountInPart() async throws {
        let half: @Sendable (String) -> String = { context in
            // The first two needles only.
            let parts = context.components(separatedBy: "One of the special magic numbers for ")
            return parts[...2].joined(separator: "One of the special magic numbers for ")
        }
        let rows = try await run(["niah_multivalue"], SelectionRule(half))
        #expect(rows[0].expected.count == 4)
        #expect(rows[0].metrics["evidenceRecall"] == 0.5)
    }

    @Test func needlesHaveTheirForms() async throws {
        let system = SelectionRule()
        let rows = try await run(["needles"], system)
        let contexts = Dictionary(uniqueKeysWithValues: zip(rows.map(\.group), await system.contexts))
        func needles(_ name: String, key: String, value: String) throws -> [String] {
            let pattern = try Regex("One of the special magic (?:numbers|uuids) for (\(key)) is: (\(value))\\.")
            return try #require(contexts[name]).matches(of: pattern).map { String($0.output[1].substring ?? "") }
        }
        let (word, number) = ("[a-z]+-[a-z]+", "[0-9]{7}")
        let uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
        #expect(try needles("niah_single_1", key: word, value: number).count == 1)
        #expect(try needles("niah_single_2", key: word, value: number).count == 1)
        #expect(try needles("niah_single_3", key: word, value: uuid).count == 1)
        #expect(try Set(needles("niah_multikey_1", key: word, value: number)).count == 4)
        #expect(try Set(needles("niah_multivalue", key: word, value: number)).count == 1)
        #expect(try needles("niah_multivalue", key: word, value: number).count == 4)
        #expect(try Set(needles("niah_multiquery", key: word, value: number)).count == 4)
        // Nothing but needles, each key once.
        for (name, key, value) in [("niah_multikey_2", word, number), ("niah_multikey_3", uuid, uuid)] {
            let found = try needles(name, key: key, value: value)
            #expect(found.count > 20)
            #expect(Set(found).count == found.count)
            #expect(contexts[name]?.split(separator: "\n").count == found.count)
        }
        #expect(contexts["niah_single_2"]?.contains("\n") == false)
        let asked = await system.asked
        #expect(rows.map(\.question) == asked.map(\.text))
        #expect(
            asked[0].text.wholeMatch(of: /What is the special magic number for .* mentioned in the provided text\?/)
                != nil)
        #expect(
            asked[7].text.wholeMatch(of: /What are all the special magic numbers for .*, .*, .*, and .* mentioned .*/)
                != nil)
        #expect(asked[7].prompt?.opening.hasPrefix("The special magic numbers for ") == true)
        #expect(asked[7].prompt?.opening.hasSuffix(" mentioned in the provided text are") == true)
    }

    @Test func variablesFormAChain() async throws {
        let system = SelectionRule()
        let row = try await run(["vt"], system)[0]
        let statements = await system.contexts[0].split(separator: "\n").filter { $0.hasPrefix("VAR ") }
        #expect(row.expected.count == 5)
        #expect(statements.count == 5)
        #expect(statements[0].wholeMatch(of: /VAR [A-Z]{5} = [0-9]{5}/) != nil)
        for (index, name) in row.expected.enumerated() where index > 0 {
            #expect(statements[index] == "VAR \(name) = VAR \(row.expected[index - 1])")
        }
    }

    @Test func commonAndFrequentWordsAreTheMostFrequent() async throws {
        let system = SelectionRule()
        let rows = try await run(["cwe", "fwe"], length: 9_000, system)
        let contexts = await system.contexts
        func counts(_ text: String) -> [Substring: Int] {
            Dictionary(grouping: text.split(separator: " "), by: \.self).mapValues(\.count)
        }
        let common = counts(contexts[0])
        #expect(rows[0].expected.count == 10)
        for word in rows[0].expected { #expect(common[word[...]] == 30) }
        #expect(common.count { $0.value > 3 } == 10)
        let ranked = counts(contexts[1]).filter { $0.key != "..." }.sorted { $0.value > $1.value }
        #expect(ranked.prefix(3).map { String($0.key) } == rows[1].expected)
        #expect(ranked[2].value > ranked[3].value)
    }

    @Test func whatMakesNoSenseIsRefused() throws {
        let bare = try RulerSource(folder: nil, tokenizer: tokenizer)
        func message(_ names: [String], lengths: [Int] = [4_096], samples: Int = 1) -> String {
            let error = #expect(throws: EvaluationError.self) {
                try RulerTask(names: names, lengths: lengths, samples: samples, seed: 0, source: bare)
            }
            return error.map(String.init(describing:)) ?? ""
        }
        #expect(message(["niah_single_4"]).contains("there is no RULER task 'niah_single_4'"))
        #expect(message(["vt", "niah_single_2"]).contains("--haystack"))
        #expect(message(["vt"], lengths: [100]).contains("512 tokens"))
        #expect(message(["vt"], samples: 0).contains("at least one"))
        #expect(throws: Never.self) {
            try RulerTask(names: ["vt", "niah_multikey_2"], lengths: [512], samples: 1, seed: 0, source: bare)
        }
    }
}
