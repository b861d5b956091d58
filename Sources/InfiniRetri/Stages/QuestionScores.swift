import Documents

/// What the first stages say of all passages of a corpus for one question.
package struct QuestionScores: Sendable {
    /// By passage: the stages' scores, fused.
    package let passages: [Float]
    /// Scores that were fused: each adds its standard deviations.
    package let columns: Int
    /// By sentence.
    private let sentences: [Float]

    /// Fuses what several stages say. Scores of sentences are those of the first stage.
    init(_ stages: [StageScores]) {
        let columns = stages.flatMap(\.columns).map { Fusion.Column($0) }
        passages = Fusion.fused(columns)
        self.columns = columns.count
        sentences = stages.first?.sentences ?? []
    }

    /// The best passages, each text once, best first. Of equal ones the first in the order of reading come first.
    /// - Parameter leftOut: Passages that are no candidates.
    package func best(_ count: Int, in corpus: Corpus, leavingOut leftOut: [Int] = []) -> [ScoredPassage] {
        var scores = passages
        for number in leftOut { scores[number] = -.infinity }
        return Self.best(count, by: scores, in: corpus).compactMap { passage($0, in: corpus) }
    }

    /// A passage with its scores.
    func passage(_ number: Int, in corpus: Corpus) -> ScoredPassage? {
        corpus.passage(number).map {
            ScoredPassage(
                passage: $0, number: number, context: corpus.context(of: number), score: passages[number],
                sentenceScores: Array(sentences[corpus.sentences(of: number)]))
        }
    }

    /// The numbers of the best passages by some scores, each text once.
    /// - Parameter isKnown: Texts that are left out.
    static func best(
        _ count: Int, by scores: [Float], in corpus: Corpus, isKnown: Set<[Int32]> = []
    ) -> [Int] {
        var texts = isKnown
        var best: [Int] = []
        for number in scores.indices.sorted(by: { (scores[$1], $0) < (scores[$0], $1) }) {
            guard best.count < count, scores[number] > -.infinity else { break }
            if texts.insert(corpus.tokens(of: number)).inserted { best.append(number) }
        }
        return best
    }
}
