import InfiniRetri
import TestSupport
import Testing
import Tokenization

/// The pipeline with a scorer that says what it is told to: every stage without a model.
@Suite struct PipelineTests {
    /// Paragraphs, in which digits stand for what a question attends to.
    private static func text(_ digits: [Character], filler: Int = 60) -> String {
        digits.map { String(repeating: "a ", count: filler) + "\($0)." }.joined(separator: "\n\n")
    }

    private func texts(_ evidence: [ScoredPassage]) -> [Character] {
        evidence.compactMap { $0.passage.text.first(where: \.isNumber) }
    }

    /// The attention to a digit is the digit: 9 is best.
    private func byDigit(likelihood: @escaping (Passage) -> Float = { _ in 0 }) throws -> ScriptedScorer {
        let tokenizer = try ScriptedModel([0], prompt: 1).tokenizer
        let value = Dictionary(uniqueKeysWithValues: (0...9).map { (tokenizer.encode("\($0)")[0], Float($0)) })
        return ScriptedScorer(likelihood: { likelihood($1) }) { _, token in value[token] ?? 0 }
    }

    @Test func theBestOfAllWindowsAreTheEvidenceInTheOrderOfReading() throws {
        let scripted = try ScriptedContext(scorer: byDigit()) {
            $0.budget = 150
            $0.reranking = []
        }
        let evidence = try scripted.evidence(for: ["?"], in: Self.text(["1", "9", "2", "8", "3", "1", "2"]))
        #expect(texts(evidence[0]) == ["9", "8"])
        // Each window once, for all questions together.
        #expect(scripted.scorer.calls.count > 2)
        #expect(scripted.scorer.calls.allSatisfy { if case .window(_, [0]) = $0 { true } else { false } })
    }

    @Test func likelihoodRanksTheFinalistsAndNobodyElse() throws {
        let scorer = try byDigit { $0.text.contains("7") ? -1 : -5 }
        let scripted = try ScriptedContext(scorer: scorer) {
            $0.budget = 70
            $0.reranking = [.init(by: .likelihood, passages: 3)]
        }
        let evidence = try scripted.evidence(for: ["?"], in: Self.text(["9", "1", "7", "2", "3", "8"]))
        #expect(texts(evidence[0]) == ["7"])
        let judged = scorer.calls.filter { if case .likelihood = $0 { true } else { false } }
        #expect(judged.count == 3)
    }

    @Test func copiesTakeNoRoomAmongCandidates() throws {
        let scripted = try ScriptedContext(scorer: byDigit()) {
            $0.budget = 200
            $0.candidates = 3
        }
        // Ten copies of the best are more than the candidates that are asked for.
        let digits = [Character](repeating: "9", count: 5) + ["8", "1"] + [Character](repeating: "9", count: 5)
        let evidence = try scripted.evidence(for: ["?"], in: Self.text(digits))
        #expect(texts(evidence[0]) == ["9", "8", "1"])
    }

    @Test func whatIsFarBehindTheBestIsNoEvidence() throws {
        func found(_ digits: [Character], _ change: (inout RetrievalPlan) -> Void = { _ in }) throws -> [Character] {
            let scripted = try ScriptedContext(scorer: byDigit()) {
                $0.budget = 200
                change(&$0)
            }
            return texts(try scripted.evidence(for: ["?"], in: Self.text(digits))[0])
        }
        #expect(try found(["1", "9", "2", "7", "1"]) == ["9", "7"])
        #expect(try found(["1", "9", "2", "7", "1"]) { $0.selection.leastShareOfBest = 0 } == ["9", "2", "7"])
        // Several that are needed together are not compared with the first, and where none stands out all may stay.
        #expect(try found(["1", "9", "2", "7", "1"]) { ($0.hops.most, $0.hops.isAutomatic) = (1, false) }.count > 2)
        #expect(try found(["4", "5"]) == ["4", "5"])
    }

    /// In the order of the text, and against it: a step must not lead back to where it came from.
    @Test(arguments: [true, false])
    func hopsFollowWhatTheEvidenceNames(isReversed: Bool) throws {
        let facts = ["Quill wrote Copper.", "Copper lies in Harnfield.", "Harnfield has a river."]
        // What was found says that the next one follows, wherever it stands; nothing else does.
        func isNext(_ given: [Passage], _ passage: Passage) -> Bool {
            given.last.flatMap { last in facts.firstIndex(of: last.text) }.map {
                $0 + 1 < 3 && facts[$0 + 1] == passage.text
            }
                ?? false
        }
        let quill = try ScriptedContext().token("Q")
        let scorer = ScriptedScorer(
            likelihood: { isNext($0, $1) ? -1 : -2 }, information: { isNext($0, $1) ? 60 : 0 },
            attention: { $1 == quill ? 1 : 0 })
        let filler = (0..<30).map { "Filler \($0) says nothing at all." }
        let order = isReversed ? [2, 1, 0] : [0, 1, 2]
        let text =
            (filler[..<5] + [facts[order[0]]] + filler[5..<15] + [facts[order[1]]] + filler[15...] + [facts[order[2]]])
            .joined(
                separator: "\n\n")
        func found(steps: Int, isAutomatic: Bool = false) throws -> (texts: Set<String>, trace: [StageReport]) {
            let scripted = try ScriptedContext(scorer: scorer) {
                $0.budget = 75
                $0.candidates = 3
                ($0.hops.most, $0.hops.isAutomatic) = (steps, isAutomatic)
            }
            let context = scripted.context(for: [[quill]])
            let corpus = try Corpus(reading: [.text(text, name: "text")], context: context)
            let evidence = try Pipeline(context).evidence(from: corpus, stages: scripted.stages(context))[0].evidence
            return (Set(evidence.map(\.passage.text)), context.meter.trace(of: 0))
        }
        #expect(try !found(steps: 0).texts.contains(facts[2]))
        #expect(try found(steps: 2).texts.isSuperset(of: facts))
        let automatic = try found(steps: 4, isAutomatic: true)
        #expect(automatic.texts.isSuperset(of: facts))
        // It stops where nothing speaks for another step.
        #expect(automatic.trace.first { $0.stage == "hops" }?.passages == 3)
    }

    @Test func aQuestionOfOneFactTakesNoStep() throws {
        let scorer = try byDigit()
        let scripted = try ScriptedContext(scorer: scorer) { $0.hops.most = 4 }
        _ = try scripted.evidence(for: ["?"], in: Self.text(["1", "9", "2", "8"]))
        let conditional = scorer.calls.filter { if case .likelihood(_, let given, _) = $0 { given > 0 } else { false } }
        #expect(conditional.isEmpty)
    }

    @Test func foldCarriesTheBestIntoTheNextWindow() throws {
        let scripted = try ScriptedContext(scorer: byDigit()) {
            $0.order = .fold
            $0.budget = 70
            $0.selection.shortens = false
            $0.selection.carriedTokens = 70
            $0.window = 150
        }
        let evidence = try scripted.evidence(for: ["?"], in: Self.text(["1", "9", "2", "8", "3", "1"]))
        #expect(texts(evidence[0]) == ["9"])
        guard case .window(let tokens, _) = try #require(scripted.scorer.calls.last) else {
            return #expect(Bool(false))
        }
        #expect(tokens.contains(scripted.token("9")), "what was kept joins the next window")
        #expect(!tokens.contains(scripted.token("8")), "what was not kept does not")
    }

    @Test func thePapersRuleKeepsTheSentencesOfTheBestTokens() throws {
        let scripted = try ScriptedContext(scorer: byDigit(), rule: .bestTokens(count: 2)) {
            let window = $0.window
            $0 = .paper
            $0.window = window
            $0.stages = [.windows]
        }
        let evidence = try scripted.evidence(for: ["?"], in: Self.text(["5", "9", "2", "8"], filler: 10))
        #expect(texts(evidence[0]) == ["9", "8"])
    }

    // MARK: The budget

    private static func randomText(_ random: inout SeededGenerator) -> String {
        (0..<40).map { _ in
            (0..<Int.random(in: 1...4, using: &random)).map { _ in
                String(repeating: "Ab ", count: Int.random(in: 1...9, using: &random))
                    + "\(Int.random(in: 0...9, using: &random))!"
            }.joined(separator: " ")
        }.joined(separator: "\n\n")
    }

    /// A passage is where its text stands: whatever of it was kept.
    private func isKept(_ piece: ScoredPassage, in evidence: [ScoredPassage], of passages: [Passage]) -> Bool {
        let whole = passages.filter { $0.overlaps(piece.passage) }
        return evidence.contains { other in whole.contains { $0.overlaps(other.passage) } }
    }

    @Test(arguments: 0..<6, [0, 2])
    func moreBudgetNeverLosesAPassageAndChangesNoStep(seed: UInt64, hops: Int) throws {
        var random = SeededGenerator(seed: seed)
        let text = Self.randomText(&random)
        var earlier: (evidence: [ScoredPassage], calls: [ScriptedScorer.Call])?
        for budget in [40, 41, 60, 90, 120, 199, 200, 201, 300, 301, 400, 600, 999, 1_000, 1_001, 2_000, 5_000] {
            let scorer = try byDigit { -Float($0.tokens.count % 7 + 1) }
            let scripted = try ScriptedContext(scorer: scorer) {
                $0.budget = budget
                $0.hops.most = hops
                $0.hops.isAutomatic = false
            }
            let context = scripted.context(for: [[scripted.token("?")]])
            let corpus = try Corpus(reading: [.text(text, name: "text")], context: context)
            let evidence = try Pipeline(context).evidence(from: corpus, stages: scripted.stages(context))[0].evidence
            #expect(!evidence.isEmpty)
            let tokens = evidence.reduce(0) { $0 + $1.passage.tokenCount + context.questions[0].paragraphBreak.count }
            #expect(tokens <= budget)
            if let earlier {
                var reader = PassageReader(
                    [.text(text, name: "text")], unit: .paragraph, window: 200, tokenizer: context.tokenizer)
                var passages: [Passage] = []
                while let passage = try reader.next() { passages.append(passage) }
                for piece in earlier.evidence {
                    #expect(isKept(piece, in: evidence, of: passages), "lost with a budget of \(budget)")
                }
                #expect(scorer.calls == earlier.calls, "another algorithm with a budget of \(budget)")
            }
            earlier = (evidence, scorer.calls)
        }
    }

    @Test func aBudgetThatHoldsNoSentenceGivesItsBestPiece() throws {
        let scripted = try ScriptedContext(scorer: byDigit()) { $0.budget = 20 }
        let text = String(repeating: "a ", count: 40) + "9 " + String(repeating: "b ", count: 20)
        let evidence = try scripted.evidence(for: ["?"], in: text)[0]
        #expect(evidence.count == 1)
        #expect(evidence[0].passage.text.contains("9"))
        #expect((1...20).contains(evidence[0].passage.tokenCount))
        let start = evidence[0].passage.textRange.lowerBound
        #expect(
            Array(text.utf8)[evidence[0].passage.textRange] == Array(evidence[0].passage.text.utf8)[...], "\(start)")
    }

    @Test func eachTokenOfTheEvidenceHasItsAttention() throws {
        let text = Self.text(["1", "9", "2", "7"])
        let scripted = try ScriptedContext(scorer: byDigit()) {
            $0.budget = 200
            $0.scoresTokens = true
        }
        let context = scripted.context(for: [[1]])
        let corpus = try Corpus(reading: [.text(text, name: "text")], context: context)
        let found = try Pipeline(context).evidence(from: corpus, stages: scripted.stages(context))[0]
        #expect(found.tokenScores.count == found.evidence.count && !found.evidence.isEmpty)
        for (passage, tokens) in zip(found.evidence, found.tokenScores) {
            #expect(tokens.map(\.textRange.count).reduce(0, +) == passage.passage.textRange.count, "no byte is lost")
            #expect(tokens.first?.textRange.lowerBound == passage.passage.textRange.lowerBound)
            let best = try #require(tokens.max { $0.score < $1.score })
            let said = String(decoding: Array(text.utf8)[best.textRange], as: UTF8.self)
            #expect(Float(said) == best.score)
        }
        #expect(try scripted.evidence(for: ["?"], in: text).count == 1)
    }

    @Test func aTextWithoutASentenceIsAnError() throws {
        #expect(throws: DocumentError.empty) { try ScriptedContext().evidence(for: ["?"], in: " \n\n ") }
    }

    @Test func eachStageSaysWhatItKept() throws {
        let scripted = try ScriptedContext(scorer: byDigit()) { $0.hops.most = 1 }
        let context = scripted.context(for: [[scripted.token("?")]])
        let corpus = try Corpus(
            reading: [.text(Self.text(["1", "9", "2", "8"]), name: "text")], context: context)
        let evidence = try Pipeline(context).evidence(from: corpus, stages: scripted.stages(context))[0].evidence
        let trace = context.meter.trace(of: 0)
        #expect(trace.map(\.stage) == ["windows", "likelihood", "hops", "selection"])
        #expect(trace.last?.passages == evidence.count)
        #expect(trace[0].passages == 4 && trace[0].best > 0)
    }
}
