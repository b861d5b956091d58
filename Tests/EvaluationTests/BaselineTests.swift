import Evaluation
import Foundation
import InfiniRetri
import Synchronization
import TestSupport
import Testing
import Tokenization
import Transformer

/// A model that remembers the prompts it is asked to continue.
private final class Recording: LanguageModel {
    let base: TransformerModel
    let prompts = Mutex<[[TokenID]]>([])

    init(_ base: TransformerModel) { self.base = base }

    var name: String { base.name }
    var shape: ModelShape { base.shape }
    var tokenizer: Tokenizer { base.tokenizer }
    var chatTemplate: ChatTemplate { base.chatTemplate }

    func makeCache() -> any KeyValueCache { base.makeCache() }

    func forward(_ sequences: [SequenceRequest]) throws -> [ForwardResult] {
        for sequence in sequences where sequence.request.outputs != .none && sequence.cache.count == 0 {
            prompts.withLock { $0.append(sequence.request.tokens) }
        }
        return try base.forward(sequences)
    }
}

@Suite("Baselines and answers")
struct BaselineTests {
    private static let question = "What did the heron on the roof see?"
    private static let context = """
        The ferry left at noon. It was late, as ever.
        Nobody minded. The captain wrote a line in his book.

          A heron stood on the roof. The heron saw the ferry. It did not move!

        Rain fell on the quay. Was it a cold day? The mill stood still.
        The baker slept. The heron slept too.
        """
    private let model: TransformerModel

    init() throws {
        let file = try RandomModel { $0.contextLength = 2_000 }.temporaryFile()
        model = try TransformerModel.load(path: file.path)
    }

    private func text(of output: SystemOutput) -> [String] {
        for piece in output.evidence {
            let bytes = Array(Self.context.utf8)[piece.textRange]
            #expect(String(decoding: bytes, as: UTF8.self) == piece.text)
        }
        return output.evidence.map(\.text)
    }

    @Test func bm25KeepsTheBestSentencesWithinTheBudget() throws {
        let system = RankedPassagesSystem(
            ranking: BM25Ranking(), unit: .sentence, budget: 60, tokenizer: model.tokenizer)
        let outputs = try system.outputs(for: ["heron roof", "zebra"], in: Self.context)
        #expect(text(of: outputs[0]) == ["A heron stood on the roof.", "The heron slept too."])
        #expect(outputs[1].evidence.isEmpty)
        #expect(outputs[0].evidenceTokens <= 60)
        #expect(outputs[0].questionsInPass == 2)
        // A short answer is taken from the best piece, wherever it stands: a roof is rarer than a heron.
        let scores = outputs[0].evidence.map(\.score)
        #expect(scores[0] > scores[1] && scores[1] > 0)
    }

    @Test func bm25KeepsWholeParagraphs() throws {
        let system = RankedPassagesSystem(
            ranking: BM25Ranking(), unit: .paragraph, budget: 100, tokenizer: model.tokenizer)
        let output = try system.outputs(for: ["heron roof"], in: Self.context)[0]
        #expect(text(of: output) == ["A heron stood on the roof. The heron saw the ferry. It did not move!"])
    }

    /// A Chinese sentence is no single word: its characters are the words.
    @Test func bm25RanksTextsWithoutSpacesByTheirCharacters() throws {
        let sentences = ["渡船中午离开港口。", "船长在书里写了一行字。", "磨坊屋顶上站着一只铜鹭。", "面包师还在睡觉。", "雨下在港口的石头上。"]
        let question = "哪只鹭站在磨坊的屋顶上？"
        #expect(BM25Ranking().rankings(of: sentences, for: [question])[0].first?.index == 2)
        let system = RankedPassagesSystem(
            ranking: BM25Ranking(), unit: .sentence, budget: 40, tokenizer: model.tokenizer)
        let output = try system.outputs(for: [AskedQuestion(question)], in: sentences.joined())[0]
        #expect(output.evidence.map(\.text) == [sentences[2]])
    }

    @Test func chanceDependsOnTheSeedAndTheQuestionAlone() throws {
        func kept(_ seed: UInt64, _ question: AskedQuestion) throws -> [String] {
            let system = RankedPassagesSystem(
                ranking: RandomRanking(seed: seed), unit: .sentence, budget: 60, tokenizer: model.tokenizer)
            let output = try system.outputs(for: [question], in: Self.context)[0]
            #expect(output.evidenceTokens <= 60)
            return text(of: output)
        }
        #expect(try kept(1, "a") == kept(1, "a"))
        let draws = try (1...5).flatMap { try [kept($0, "a"), kept($0, "b")] }
        #expect(Set(draws).count > 5)
        let everything = RankedPassagesSystem(
            ranking: RandomRanking(seed: 1), unit: .sentence, budget: .max, tokenizer: model.tokenizer)
        #expect(try everything.outputs(for: ["a"], in: Self.context)[0].evidence.count == 12)
    }

    @Test func truncationKeepsBothEndsAndWholeCharacters() {
        let context = "é" + String(repeating: "x", count: 100) + "日本"
        let system = TruncatedContextSystem(budget: 17, tokenizer: model.tokenizer)
        let output = system.outputs(for: ["?"], in: context)[0]
        // One token a byte: eight from each end, and of the six bytes of the last two characters all.
        #expect(output.evidence.map(\.text) == ["éxxxxxx", "xx日本"])
        #expect(output.evidence.map(\.byteRange) == [0..<8, 100..<108])
        let odd = TruncatedContextSystem(budget: 16, tokenizer: model.tokenizer)
            .outputs(for: ["?"], in: String(repeating: "日", count: 40))[0]
        #expect(odd.evidence.map(\.text) == ["日日", "日日"])
        let short = system.outputs(for: ["?"], in: "short")[0]
        #expect(short.evidence.map(\.text) == ["short"])
    }

    @Test func fullContextIsSkippedWhereItDoesNotFit() async throws {
        let system = FullContextSystem(contextLength: 2_000, tokenizer: model.tokenizer)
        let whole = system.outputs(for: ["?"], in: Self.context)[0]
        #expect(whole.evidence.map(\.text) == [Self.context])
        #expect(whole.skipped == nil)
        let long = String(repeating: "It rains. ", count: 400)
        #expect(system.outputs(for: ["?"], in: long)[0].skipped?.contains("context window 2000") == true)

        // It fits by itself, but not with the prompt.
        let tight = String(repeating: "y", count: 1_990)
        let answering = AnsweringSystem(
            system, model: model, profile: .automatic(for: model.shape), sampling: SamplingOptions(), answerTokens: 4)
        let output = try await answering.outputs(for: ["?"], in: tight)[0]
        #expect(output.skipped?.contains("prompt and answer") == true)
        #expect(output.answer == nil)
    }

    @Test func skippedQuestionsCountNowhere() throws {
        func row(_ id: String, skipped: String?) -> EvaluationRow {
            EvaluationRow(
                id: id, group: "g", parameters: [:], question: "?", expected: ["a"],
                output: SystemOutput(
                    evidence: [], evidenceTokens: 8, documentTokens: 100, retrievalSeconds: 1, skipped: skipped),
                metrics: skipped == nil ? ["m": 1] : [:])
        }
        let summary = EvaluationSummary(task: "t", rows: [row("1", skipped: nil), row("2", skipped: "too long")])
        #expect(summary.questions == 1)
        #expect(summary.skipped == 1)
        #expect(summary.passes.count == 1)
        #expect(summary.groups["g"]?["m"] == 1)
    }

    /// The answer of `ask` and the answer of an evaluation come from the same tokens.
    @Test(arguments: [PassageUnit.sentence, .paragraph])
    func answersAreAskedForAsTheRetrieverDoes(unit: PassageUnit) async throws {
        for budget in [40, 90, 400] {
            let recording = Recording(model)
            var profile = RetrievalProfile.automatic(for: model.shape)
            profile.unit = unit
            profile.prompt = budget == 90 ? .questionFirst : .paper
            var plan = RetrievalPlan.standard
            plan.budget = budget
            plan.window = 100
            let retriever = try Retriever(model: recording, profile: profile, plan: plan)
            let generation = GenerationOptions(maxTokens: 2)
            for try await _ in retriever.ask(
                Self.question, of: [.text(Self.context, name: "")], answering: .generated(generation))
            {}
            let system = AnsweringSystem(
                RetrieverSystem(retriever), model: recording, profile: profile, sampling: SamplingOptions(),
                answerTokens: 2)
            let output = try await system.outputs(for: [AskedQuestion(Self.question)], in: Self.context)[0]
            let prompts = recording.prompts.withLock(\.self)
            #expect(prompts.count == 2)
            #expect(
                model.tokenizer.decode(prompts[0], controlTokens: true)
                    == model.tokenizer.decode(prompts[1], controlTokens: true))
            #expect(prompts[0] == prompts[1])
            #expect(output.answer != nil)
            #expect(output.processedTokens > output.documentTokens)
        }
    }

    @Test func aTasksOwnPromptStandsAroundTheEvidence() async throws {
        let recording = Recording(model)
        let base = TruncatedContextSystem(budget: 400, tokenizer: model.tokenizer)
        let system = AnsweringSystem(
            base, model: recording, profile: .automatic(for: model.shape), sampling: SamplingOptions(),
            answerTokens: nil)
        var prompt = AnswerPrompt(
            before: "Read <|im_end|>:\n", behind: "\nSay why.", opening: "Because", answerTokens: 3)
        _ = try await system.outputs(for: [AskedQuestion("?", prompt: prompt)], in: "It rained.")
        prompt.isConversation = false
        _ = try await system.outputs(for: [AskedQuestion("?", prompt: prompt)], in: "It rained.")
        let texts = recording.prompts.withLock(\.self).map { model.tokenizer.decode($0, controlTokens: true) }
        #expect(
            texts == [
                "<|im_start|>user\nRead <|im_end|>:\nIt rained.\nSay why.<|im_end|>\n<|im_start|>assistant\nBecause",
                "Read <|im_end|>:\nIt rained.\nSay why.Because",
            ])
        // What looks like a control token in a text is text.
        let end = try #require(model.tokenizer.controlToken(named: "<|im_end|>")?.id)
        #expect(recording.prompts.withLock(\.self).map { $0.count { $0 == end } } == [1, 0])
    }
}
