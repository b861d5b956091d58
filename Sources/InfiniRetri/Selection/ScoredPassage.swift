import Tokenization

/// A passage with what the attention says about it.
package struct ScoredPassage: Sendable {
    package let passage: Passage
    /// Score of the whole: higher is better. Comparable between windows of one profile and question.
    package var score: Float
    /// Score of each of its sentences.
    package let sentenceScores: [Float]

    package init(passage: Passage, score: Float, sentenceScores: [Float]) {
        self.passage = passage
        self.score = score
        self.sentenceScores = sentenceScores
    }

    /// The sentence that holds three fifths of the attention or more, if one does.
    var keySentence: Int? {
        let attention = attention
        let total = attention.reduce(0, +)
        return attention.firstIndex { $0 >= 0.6 * total }
    }

    /// The sentence with most of the attention, alone.
    var mostAttendedSentence: ScoredPassage {
        let attention = attention
        return attention.indices.max { attention[$0] < attention[$1] }.flatMap { keeping([$0]).first } ?? self
    }

    /// How much attention each sentence has.
    private var attention: [Float] { zip(sentenceScores, passage.sentences).map { $0 * Float($1.tokens.count) } }

    /// The passages made of some of its sentences: one for each run of neighbours.
    func keeping(_ indices: some Sequence<Int>) -> [ScoredPassage] {
        var next = 0
        let indices = indices.sorted()
        return passage.keeping(indices).map { piece in
            let own = indices[next..<next + piece.sentences.count]
            next = own.endIndex
            return ScoredPassage(passage: piece, score: score, sentenceScores: own.map { sentenceScores[$0] })
        }
    }

    /// The best first, each text once: of passages that read alike only the best stays, because a copy says nothing new.
    package static func ranked(_ passages: [ScoredPassage]) -> [ScoredPassage] {
        ranking(of: passages).map { passages[$0] }
    }

    /// The places of ``ranked(_:)`` passages.
    static func ranking(of passages: [ScoredPassage]) -> [Int] {
        var texts: Set<[TokenID]> = []
        return passages.indices.sorted { isBetter(passages[$0], passages[$1]) }
            .filter { texts.insert(passages[$0].passage.tokens).inserted }
    }

    /// Better first; equal scores in the order of reading, so that results do not depend on the sort.
    private static func isBetter(_ one: ScoredPassage, _ other: ScoredPassage) -> Bool {
        one.score == other.score ? Passage.precedes(one.passage, other.passage) : one.score > other.score
    }
}
