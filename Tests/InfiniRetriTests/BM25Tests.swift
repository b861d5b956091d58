import InfiniRetri
import TestSupport
import Testing
import Transformer

@Suite struct BM25Tests {
    private static let texts = [
        "The ship came back in spring, and the ship was counted.", "The heron stood by the river Río.",
        "In spring the river rises, as in all the years before, and nobody counts what comes and goes and stays.",
        "The harbour’s lamp was lit.", "北京的河。",
    ]

    private func shares(_ question: String, of texts: [String] = texts) -> [Float] {
        let passages = texts.map { Array($0.utf8) }
        let prior = BM25(questions: ["Another question, about rivers?", question]) { count in
            for passage in passages { passage.withUnsafeBytes(count) }
        }
        return passages.map { share(by: prior, of: 1, in: $0) }
    }

    private func share(by prior: BM25, of question: Int, in text: [UInt8]) -> Float {
        text.withUnsafeBytes { prior.shares(of: $0)[question] }
    }

    @Test func passagesWithTheRareWordsComeFirst() {
        let shares = shares("Who saw the heron by the river?")
        #expect(shares.indices.max { shares[$0] < shares[$1] } == 1)
        // "by" and "heron" stand in one text, "river" in two, "the" in all but one.
        #expect(shares[1] > shares[2] && shares[2] > shares[3] && shares[3] > 0)
        #expect(shares.allSatisfy { (0..<1).contains($0) })
    }

    @Test func sharesAreThoseComputedByHand() {
        // Three passages of 2, 2 and 4 words, mean 8/3. "fox" stands in one, "red" in two.
        let shares = shares("red fox?", of: ["red fox", "Red dog", "the quick brown cat"])
        // idf(red) = ln(1 + 1.5/2.5) = 0.470004, idf(fox) = ln(1 + 2.5/1.5) = 0.980829
        // norm of the two-word passages = 1.2 * (0.25 + 0.75 * 2 / (8/3)) = 0.975, against 0 at the highest
        #expect(abs(shares[0] - 1 / 1.975) < 1e-5)
        #expect(abs(shares[1] - 0.470004 / (0.470004 + 0.980829) / 1.975) < 1e-5)
        #expect(shares[2] == 0)
    }

    @Test func letterCaseAndPunctuationDoNotCount() {
        #expect(shares("HERON") == shares("“heron”…"))
        #expect(shares("heron")[1] > 0)
        #expect(shares("harbour\u{A0}lamp")[3] > shares("lamp")[3] / 2)
        #expect(shares("harbour")[3] > 0, "an apostrophe ends a word")
    }

    @Test func wordsAreWhole() {
        #expect(shares("hero") == [0, 0, 0, 0, 0])
        #expect(shares("río")[1] > 0)
    }

    @Test func scriptsWithoutSpacesAreReadByTheCharacter() {
        #expect(shares("河在哪里？")[4] > 0)
        #expect(shares("。")[4] == 0)
    }

    @Test func nothingSharedIsNothing() {
        #expect(shares("?! ... --") == [0, 0, 0, 0, 0])
        #expect(shares("", of: []).isEmpty)
    }

    @Test func anyBytesAreText() {
        let strange: [[UInt8]] = [[0xC2], [0xE2, 0x80], [0xE3, 0x80], [0xE4], [0xFF, 0x41, 0x80], []]
        let prior = BM25(questions: ["a"]) { count in for bytes in strange { bytes.withUnsafeBytes(count) } }
        for bytes in strange { #expect(share(by: prior, of: 0, in: bytes) == 0) }
    }

    @Test func aScanMultipliesItsScoresByWhatIsShared() async throws {
        let sample = try IndexSample()
        let path = sample.folder.path("one.iridx")
        _ = try sample.builder().build(path, from: [.text(IndexSample.text("one", paragraphs: 30), name: "one")])
        let index = try AttentionIndex(path: path)
        let question = IndexSample.questions[1]
        func candidates(_ stages: [RetrievalPlan.Stage]) throws -> [ScoredPassage] {
            var plan = sample.plan
            plan.stages = stages
            plan.reranking = [.init(by: .likelihood, tokens: 1 << 40)]
            let retriever = try Retriever(model: sample.model, plan: plan)
            let context = try retriever.context(for: [question], stages: stages)
            var corpus = try IndexCorpus(index, context: context, model: sample.model)
            let makers = try FirstStages.stages(stages, from: FirstStages.ofIndex).map { try $0(corpus, context) }
            return try Pipeline(context).candidates(from: &corpus, stages: makers)[0]
        }
        let plain = try candidates([.keys])
        let weighed = try candidates([.keys, .lexical])
        let texts = plain.map { Array($0.passage.text.utf8) }
        let prior = BM25(questions: [question]) { count in for text in texts { text.withUnsafeBytes(count) } }
        #expect(plain.map(\.passage.textRange) == weighed.map(\.passage.textRange))
        for (index, text) in texts.enumerated() {
            let share = share(by: prior, of: 0, in: text)
            #expect(share > 0)
            #expect(abs(weighed[index].score - plain[index].score * (0.1 + share)) < 1e-5 * weighed[index].score)
        }
    }

    @Test func windowsAloneCannotCountWordsBeforehand() throws {
        var plan = RetrievalPlan.standard
        plan.stages = [.windows, .lexical]
        #expect(throws: RetrievalError.self) { try Retriever(model: IndexSample().model, plan: plan) }
    }
}
