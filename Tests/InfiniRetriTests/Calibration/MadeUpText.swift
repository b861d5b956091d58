import InfiniRetri
import TestSupport
import Transformer

/// A text of equal paragraphs with attention by chance, and more of it where a test plants it: in the paragraph that answers.
struct MadeUpText {
    /// Rows of a question.
    static let rows = 4
    let recorded: RecordedText

    /// - Parameter plant: What a row's attention to a token of a sentence has more in the paragraph that answers; the answer
    ///   stands in its sentence 1.
    init(
        paragraphs: Int, sentences: Int, tokens: Int, questions: Int, using random: inout SeededGenerator,
        plant: (_ row: Int, _ sentence: Int, _ token: Int) -> Float
    ) {
        // Token 0 stands in every sentence, the others in none.
        let passages = (0..<paragraphs).map { paragraph in
            var passage: Passage?
            for index in 0..<sentences {
                let start = (paragraph * sentences + index) * tokens
                let sentence = TokenizedSentence(
                    document: 0,
                    sentence: Sentence(
                        textRange: start..<start + tokens,
                        source: SourceSpan(byteRange: start..<start + tokens, line: 1),
                        startsParagraph: index == 0, leadingSpace: [], bytes: Array(repeating: 0x61, count: tokens)),
                    tokens: Array(repeating: 0, count: tokens))
                if passage == nil { passage = Passage(sentence) } else { passage?.append(sentence) }
            }
            return passage
        }.compactMap(\.self)
        let half = passages.count / 2
        let windows = [passages[..<half], passages[half...]].map { Window(Array($0), paragraphBreak: []) }
        let length = sentences * tokens
        let asked = (0..<questions).map { question in
            let answering = (question * 7 + 3) % paragraphs
            let attention = windows.indices.map { window in
                let count = windows[window].tokens.count
                var values: [Float] = []
                for row in 0..<Self.rows {
                    for column in 0..<count {
                        let (paragraph, place) = column.quotientAndRemainder(dividingBy: length)
                        let isAnswer = window * half + paragraph == answering
                        values.append(
                            random.uniform() + (isAnswer ? plant(row, place / tokens, place % tokens) : 0))
                    }
                    // The last row looks at the question most.
                    for _ in 0..<Self.rows { values.append(row == Self.rows - 1 ? 1 : 0.1) }
                }
                let probe = AttentionProbe(
                    heads: [AttentionHead(layer: 0, head: 0)], rows: count..<count + Self.rows,
                    columns: 0..<count + Self.rows)
                return AttentionScores(
                    AttentionCapture(probe: probe, values: values), contextCount: count, phraseWidth: 1)
            }
            let start = answering * length + tokens
            return RecordedText.Question(
                prompt: QuestionPrompt(prefix: [], suffix: [1, 2, 3, 0], queryTokens: 0..<Self.rows),
                byteRange: start..<start + tokens, attention: attention)
        }
        recorded = RecordedText(windows: windows, questions: asked, vocabulary: 4)
    }
}
