import InfiniRetri
import TestSupport
import Testing
import Tokenization

/// What a newcomer adds, as a toy each: a file with a conformance, and one line where it is registered.
@Suite struct ExtensionTests {
    /// A first stage that likes short passages.
    private struct BrevityStage: FirstStage {
        func scores(of corpus: Corpus, report: (ReadingProgress) -> Void) -> [StageScores] {
            let scores = corpus.passages.map { -Float(corpus.tokens(of: $0).count) }
            return [StageScores(columns: [scores], sentences: [Float](repeating: 0, count: corpus.sentenceCount))]
        }
    }

    /// A reranker that likes the end of the text.
    private struct LastFirst: Reranker {
        let name = "last first"

        func rerank(_ ranking: [ScoredPassage], for question: Int) -> [ScoredPassage] {
            ranking.sorted { Passage.precedes($1.passage, $0.passage) }
        }
    }

    /// A format whose blocks end at semicolons.
    private struct Semicolons: BlockParser {
        private var pending: [UInt8] = []
        private var start = 0

        mutating func push(_ text: [UInt8]) -> [TextBlock] {
            pending += text
            var blocks: [TextBlock] = []
            while let end = pending.firstIndex(of: 0x3B) {
                blocks.append(TextBlock(.tableRow, text: Array(pending[...end]), start: start))
                pending.removeFirst(end + 1)
                start += end + 1
            }
            return blocks
        }

        mutating func finish() -> [TextBlock] {
            pending.isEmpty ? [] : [TextBlock(.tableRow, text: pending, start: start)]
        }
    }

    private static let text = ["A long paragraph about nothing at all.", "Short.", "Another long one at the end."]
        .joined(separator: "\n\n")

    @Test func aFirstStageIsOneTypeAndOneLine() throws {
        let scripted = try ScriptedContext {
            $0.budget = 20
            $0.reranking = []
            $0.stages = [.brevity]
        }
        let context = scripted.context(for: [[1]])
        let corpus = try Corpus(reading: [.text(Self.text, name: "text")], context: context)
        let registry = FirstStages.all.merging([.brevity: { _ in BrevityStage() }]) { $1 }
        let stages = try scripted.stages(context, from: registry)
        let evidence = try Pipeline(context).evidence(from: corpus, stages: stages)[0].evidence
        #expect(evidence.map(\.passage.text).first == "Short.")
        #expect(scripted.scorer.calls.isEmpty, "no model was asked")
    }

    @Test func aRerankerIsOneTypeAndOneLine() throws {
        let scripted = try ScriptedContext {
            $0.budget = 40
            $0.reranking = [.init(by: .lastFirst, passages: 100)]
        }
        let context = scripted.context(for: [[1]])
        let corpus = try Corpus(reading: [.text(Self.text, name: "text")], context: context)
        let registry = Rerankers.all.merging([.lastFirst: { _, _ in LastFirst() }]) { $1 }
        let pipeline = Pipeline(context, rerankers: registry)
        let evidence = try pipeline.evidence(from: corpus, stages: scripted.stages(context))[0].evidence
        #expect(evidence.map(\.passage.text).last == "Another long one at the end.")
        #expect(context.meter.trace(of: 0).map(\.stage).contains("last first"))
    }

    @Test func aFormatIsOneType() throws {
        let bytes = Array("one. still one;two;three".utf8)
        var segmenter = SentenceSegmenter()
        var parser = Semicolons()
        var map = SourceMap()
        var (sentences, start) = ([Sentence](), 0)
        for var block in parser.push(bytes) + parser.finish() {
            block.start = start
            start += block.text.count
            map.take(block)
            sentences += segmenter.sentences(of: block, map: map)
        }
        #expect(sentences.map(\.text) == ["one. still one;", "two;", "three"])
        #expect(sentences.map(\.source.byteRange) == [0..<15, 15..<19, 19..<24])
        #expect(sentences.allSatisfy { $0.startsPassage })
    }
}

extension RetrievalPlan.Stage {
    fileprivate static let brevity = Self(rawValue: "brevity")
}

extension RetrievalPlan.Reranking.Method {
    fileprivate static let lastFirst = Self(rawValue: "last first")
}
