import Passages
import Tokenization

/// A passage with what the attention says about it.
package struct ScoredPassage: Sendable {
    package let passage: Passage
    /// Its number in the corpus; 0 where it comes from elsewhere.
    package let number: Int
    /// What stands before it where it is read by itself (``Corpus/context(of:)``).
    package let context: [Passage]
    /// Score of the whole by the stages so far: higher is better. Comparable within one stage and question.
    package var score: Float
    /// Score of each of its sentences.
    package let sentenceScores: [Float]
    /// How probable it alone makes the question: the mean log-probability of its tokens, in nats; nil where it was not read alone.
    package var likelihood: Float?

    package init(
        passage: Passage, number: Int = 0, context: [Passage] = [], score: Float, sentenceScores: [Float]
    ) {
        self.passage = passage
        self.number = number
        self.context = context.filter { !$0.overlaps(passage) }
        self.score = score
        self.sentenceScores = sentenceScores
    }

    /// It as it is read by itself.
    package var readable: [Passage] { context + [passage] }

    /// What it is about and what of it answers best, where the whole would take longer to read.
    var excerpt: [Passage] { context + shortened.map(\.passage) }

    /// Its first sentence, which says what it is about, and the best of the others; the whole where there are no more.
    var shortened: [ScoredPassage] {
        let others = passage.sentences.indices.dropFirst()
        guard others.count > 1, let best = others.max(by: { sentenceScores[$0] < sentenceScores[$1] }) else {
            return [self]
        }
        let first = passage.keeping([0])
        return keeping([0, best]).map { $0.passage.overlaps(first[0]) ? $0 : $0.behind(first) }
    }

    /// The passage with more before it.
    private func behind(_ more: [Passage]) -> ScoredPassage {
        ScoredPassage(
            passage: passage, number: number, context: context + more, score: score, sentenceScores: sentenceScores)
    }

    /// Scores that fall along a ranking as it stands: each passage's own, or a trifle less than the last one's where that is lower.
    /// Those of different stages do not compare.
    static func descending(_ ranking: [ScoredPassage]) -> [ScoredPassage] {
        var least = Float.infinity
        return ranking.map {
            var passage = $0
            least = min(least.nextDown, passage.score)
            passage.score = least
            return passage
        }
    }

    /// The passage with other scores of its sentences.
    func passage(scoring sentences: some Sequence<Float>) -> ScoredPassage {
        ScoredPassage(
            passage: passage, number: number, context: context, score: score, sentenceScores: Array(sentences))
    }

    /// Passages by new scores, best first; of equal ones the earlier stay first.
    static func ordered(_ passages: [ScoredPassage], by scores: [Float]) -> [ScoredPassage] {
        passages.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.map {
            var passage = passages[$0]
            passage.score = scores[$0]
            return passage
        }
    }

    /// The passages made of some of its sentences: one for each run of neighbours.
    func keeping(_ indices: some Sequence<Int>) -> [ScoredPassage] {
        var next = 0
        let indices = indices.sorted()
        return passage.keeping(indices).map { piece in
            let own = indices[next..<next + piece.sentences.count]
            next = own.endIndex
            return ScoredPassage(
                passage: piece, number: number, context: context, score: score,
                sentenceScores: own.map { sentenceScores[$0] })
        }
    }

    /// The best first, each text once: of passages that read alike only the best stays, because a copy says nothing new.
    package static func ranked(_ passages: [ScoredPassage]) -> [ScoredPassage] {
        var texts: Set<[TokenID]> = []
        return passages.sorted(by: isBetter).filter { texts.insert($0.passage.tokens).inserted }
    }

    /// The best passages, as many as `tokens` tokens hold, each text once, in the order of reading.
    /// - Parameter separator: Tokens that each costs beyond its own.
    package static func best(_ passages: [ScoredPassage], tokens: Int, separator: Int) -> [ScoredPassage] {
        prefix(of: ranked(passages), tokens: tokens, separator: separator)
    }

    /// The first passages that `tokens` tokens hold, in the order of reading.
    ///
    /// The first one that is too long for what is left gives its best sentences instead, so that the tokens are used; so does
    /// the very first where it is longer than all of them.
    package static func prefix(of ranked: [ScoredPassage], tokens: Int, separator: Int) -> [ScoredPassage] {
        var kept: [ScoredPassage] = []
        var left = tokens
        var read: [Passage] = []
        for passage in ranked {
            let new = passage.context.filter { sentence in !read.contains { $0.overlaps(sentence) } }
            let context = new.reduce(0) { $0 + $1.tokenCount + separator }
            let cost = passage.passage.tokenCount + separator + context
            guard cost <= left else {
                kept += passage.bestSentences(tokens: left - context, separator: separator)
                break
            }
            read += new + [passage.passage]
            kept.append(passage)
            left -= cost
        }
        return kept.sorted { Passage.precedes($0.passage, $1.passage) }
    }

    /// Its best sentences that fit into `tokens` tokens, neighbours joined.
    private func bestSentences(tokens: Int, separator: Int) -> [ScoredPassage] {
        let sentences = passage.sentences
        let order = sentences.indices.sorted { (sentenceScores[$0], $1) > (sentenceScores[$1], $0) }
        var kept: [Int] = []
        var left = tokens
        for index in order {
            let cost = sentences[index].tokens.count + separator
            guard cost <= left else { continue }
            kept.append(index)
            left -= cost
        }
        return keeping(kept)
    }

    /// Better first; equal scores in the order of reading, so that results do not depend on the sort.
    private static func isBetter(_ one: ScoredPassage, _ other: ScoredPassage) -> Bool {
        one.score == other.score ? Passage.precedes(one.passage, other.passage) : one.score > other.score
    }
}
