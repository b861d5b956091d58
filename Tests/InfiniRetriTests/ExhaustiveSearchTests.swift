import InfiniRetri
import TestSupport
import Testing

/// Every passage that answers, not the best few.
@Suite struct ExhaustiveSearchTests {
    /// Paragraphs with letters; those with a capital make the question more probable.
    private func found(
        _ letters: [String], candidates: Int = 4, _ change: (inout RetrievalPlan) -> Void = { _ in }
    ) throws -> (found: [ScoredPassage], judged: Int) {
        let scorer = ScriptedScorer(
            likelihood: { $1.text.contains("YES") ? -2 : $1.text.contains("HALF") ? -3.4 : -6.2 },
            attention: { _, _ in 1 })
        let scripted = try ScriptedContext(scorer: scorer) {
            $0.budget = 16
            $0.candidates = candidates
            $0.exhaustive.isOn = true
            change(&$0)
        }
        let text = letters.enumerated().map { "\($0.element) paragraph \($0.offset)." }.joined(separator: "\n\n")
        let context = scripted.context(for: [[1]])
        let corpus = try Corpus(reading: [.text(text, name: "text")], context: context)
        let found = try Pipeline(context).evidence(from: corpus, stages: scripted.stages(context))[0].evidence
        return (found, scorer.calls.count { if case .likelihood = $0 { true } else { false } })
    }

    @Test func allOfThemAreGivenInTheOrderOfReading() throws {
        let letters = (0..<40).map { $0 % 3 == 1 ? "YES" : "no" }
        let given = try found(letters).found
        #expect(given.count == letters.count { $0 == "YES" }, "whatever budget and candidates")
        #expect(given.allSatisfy { $0.passage.text.hasPrefix("YES") && $0.score > 0.9 && $0.score <= 1 })
        #expect(given.map(\.passage.textRange.lowerBound) == given.map(\.passage.textRange.lowerBound).sorted())
    }

    @Test func copiesAreAllThere() throws {
        let text = "YES, this is said.\n\nno.\n\nYES, this is said.\n\nno?"
        let scorer = ScriptedScorer(likelihood: { $1.text.contains("YES") ? -1 : -7 }, attention: { _, _ in 1 })
        let scripted = try ScriptedContext(scorer: scorer) { $0.exhaustive.isOn = true }
        let evidence = try scripted.evidence(for: ["?"], in: text)[0]
        #expect(evidence.count == 2)
    }

    @Test func theLeastProbabilityDecides() throws {
        let letters = ["YES", "HALF", "no", "no", "no", "no", "no"]
        #expect(try found(letters).found.count == 2)
        #expect(try found(letters) { $0.exhaustive.leastProbability = 0.95 }.found.count == 1)
    }

    /// Where nothing turns up any more, no more is read.
    @Test func readingEnds() throws {
        let letters = (0..<60).map { _ in "no" }
        let judged = try found(["YES"] + letters) {
            $0.exhaustive.passagesTogether = 4
            $0.exhaustive.patience = 12
            $0.reranking = []
        }.judged
        #expect(judged == 16)
    }

    @Test func foldKeepsWhatTheBudgetHolds() {
        var plan = RetrievalPlan.paper
        plan.exhaustive.isOn = true
        #expect(throws: RetrievalError.self) { try plan.validate() }
    }
}
