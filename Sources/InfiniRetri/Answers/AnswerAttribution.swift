import Foundation
import Passages

/// Tells which pieces of evidence the sentences of an answer come from, and which sentences come from none: by their words, without
/// the model that wrote them.
///
/// A sentence says something new by the words that the question does not have: they lead to its sources, each word worth its inverse
/// document frequency in the text. Of whom or what it says that, the question told, so no other piece may hold much more of
/// these words than the first source: one row's number behind another row's name is not supported. Nor is ever a number that the
/// sources do not hold.
package struct AnswerAttribution {
    private let plan: RetrievalPlan.Answers
    private let weights: [UInt64: Float]

    /// - Parameters:
    ///   - answers: All answers that will be looked at.
    ///   - text: Says how rare words are: what the questions were put to.
    package init(of answers: [String], over text: some LexicalText, plan: RetrievalPlan.Answers = .init()) {
        self.plan = plan
        weights = BM25(answers.map { LexicalQuery($0) }, over: text).weights
    }

    /// The sentences of an answer, in its order.
    /// - Parameter evidence: Texts of the pieces, by number.
    package func statements(of answer: String, to question: String, from evidence: [String]) -> [Statement] {
        let asked = LexicalQuery(question).words
        let pieces = evidence.map { Piece($0) }
        return Sentence.all(in: Array(answer.utf8)).map { sentence in
            statement(sentence, asked: asked, pieces: pieces)
        }
    }

    /// What is known of a text.
    private struct Piece {
        let words: Set<UInt64>
        let numbers: Set<String>
        /// In small letters, with single spaces.
        let folded: String

        init(_ text: String) {
            words = LexicalQuery(text).words
            numbers = Set(text.split { !($0.isASCII && $0.isNumber) }.map(String.init))
            folded = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    private func statement(_ sentence: Sentence, asked: Set<UInt64>, pieces: [Piece]) -> Statement {
        let said = Piece(sentence.text)
        func statement(_ evidence: [Int], isSupported: Bool, isQuote: Bool = false) -> Statement {
            Statement(
                text: sentence.text, range: sentence.textRange, evidence: evidence, isSupported: isSupported,
                isQuote: isQuote)
        }
        let quote = said.folded.trimmingCharacters(in: .punctuationCharacters)
        if !quote.isEmpty, let source = pieces.firstIndex(where: { $0.folded.contains(quote) }) {
            return statement([source], isSupported: true, isQuote: true)
        }
        let new = said.words.subtracting(asked)
        var open = new.isEmpty ? said.words : new
        let (total, repeated) = (weight(of: open), said.words.subtracting(open))
        var sources: [Int] = []
        while let best = pieces.indices.max(by: { gain(pieces[$0], open) < gain(pieces[$1], open) }),
            gain(pieces[best], open) > plan.leastShareOfSource * total
        {
            sources.append(best)
            open.subtract(pieces[best].words)
        }
        let numbers = sources.reduce(into: Set<String>()) { $0.formUnion(pieces[$1].numbers) }
        let held = pieces.map { weight(of: repeated.intersection($0.words)) }
        let isAboutTheSame = sources.first.map { held[$0] >= plan.leastRepeated * (held.max() ?? 0) } ?? false
        let isSupported =
            weight(of: open) <= (1 - plan.leastSupport) * total
            && isAboutTheSame && said.numbers.isSubset(of: numbers)
        return statement(sources, isSupported: isSupported)
    }

    private func gain(_ piece: Piece, _ open: Set<UInt64>) -> Float { weight(of: open.intersection(piece.words)) }

    /// In the order of the words' hashes, so that sums do not depend on the order of a set.
    private func weight(of words: Set<UInt64>) -> Float {
        words.sorted().reduce(0) { $0 + (weights[$1] ?? 0) }
    }
}
