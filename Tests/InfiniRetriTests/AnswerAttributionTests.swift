import InfiniRetri
import TestSupport
import Testing

/// Where the sentences of an answer come from.
@Suite struct AnswerAttributionTests {
    private static let evidence = [
        "Carl Stein, room 137, phone 6638", "Anna Stein, room 180, phone 7104",
        "The bridge at Harnfield was closed in the spring of 1974, because its piers were washed out.",
    ]

    private struct Text: LexicalText {
        let texts: [[UInt8]]
        var passages: Range<Int> { texts.indices }
        func forEachSentence(of passage: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
            texts[passage].withUnsafeBytes(body)
        }
    }

    private func statements(_ answer: String, to question: String = "?") -> [Statement] {
        let others = (0..<40).map { "The ferry number \($0) of the town is in the harbour, and a man is on it." }
        let text = Text(texts: (Self.evidence + others).map { Array($0.utf8) })
        return AnswerAttribution(of: [answer], over: text).statements(of: answer, to: question, from: Self.evidence)
    }

    @Test func eachSentenceHasItsSource() {
        let answer = "The bridge was closed in 1974. Anna Stein is in room 180. Nobody knows Vienna."
        let found = statements(answer, to: "When was the bridge closed?")
        #expect(found.map(\.evidence) == [[2], [1], []])
        #expect(found.map(\.isSupported) == [true, true, false])
        #expect(found.map { String(decoding: Array(answer.utf8)[$0.range], as: UTF8.self) } == found.map(\.text))
    }

    @Test func quotesAreVerified() {
        let quote = statements("\"closed in  the SPRING of 1974\".")[0]
        #expect(quote.isQuote && quote.isSupported && quote.evidence == [2])
        #expect(!statements("The bridge was closed in 1974.")[0].isQuote)
    }

    @Test(arguments: [
        "The bridge at Harnfield was closed in the spring of 1973.", "The phone number of Carl Stein is 7104.",
        "The bridge at Vienna was closed in spring.",
    ])
    func whatTheEvidenceDoesNotSayIsNotSupported(answer: String) {
        let question = "What is the phone number of Carl Stein, and when was the bridge closed?"
        #expect(!statements(answer, to: question)[0].isSupported)
    }

    @Test func anEmptyAnswerSaysNothing() {
        #expect(statements("").isEmpty)
        #expect(statements(" \n").isEmpty)
        #expect(statements("…").allSatisfy { $0.evidence.isEmpty })
    }
}
