import InfiniRetri
import TestSupport
import Testing

@Suite struct ShortAnswerTests {
    /// A piece of a document in which 100 bytes stand before it.
    private func piece(_ text: String, document: String = "book", bytes: Int? = nil) -> Evidence {
        let count = text.utf8.count
        return Evidence(
            document: document, byteRange: 100..<100 + (bytes ?? count), textRange: 90..<90 + count, line: 1,
            text: text, score: 1)
    }

    private func answer(
        _ answers: KeyValuePairs<String, Float>, from evidence: [Evidence], contextLength: Int = 4096
    ) throws -> (span: ShortAnswer?, tokens: Int) {
        let model = try PointingModel(answers, contextLength: contextLength)
        return try ShortAnswerReader(model: model, template: .paper).answer(to: "Who?", from: evidence)
    }

    @Test(arguments: [
        ("The docks were moved by Emil Hauser, they say.", "Emil Hauser"),
        ("Er heißt “Émile Zolà” – so sagt man.", "Émile Zolà"),
        ("It costs $5.20 (or 7%) a day.", "$5.20"), ("It costs $5.20 (or 7%) a day.", "7%"),
        ("彼は東京に住んでいる。", "東京"), ("Alone", "Alone"),
    ])
    func theModelPointsAtWords(text: String, words: String) throws {
        let span = try #require(try answer([words: 20], from: [piece(text), piece("Nothing here.")]).span)
        #expect(span.text == words)
        #expect(span.document == "book")
        let bytes = Array(text.utf8)
        #expect(
            String(decoding: bytes[span.textRange.lowerBound - 90..<span.textRange.upperBound - 90], as: UTF8.self)
                == words)
        let range = try #require(span.byteRange)
        #expect(range.lowerBound - span.textRange.lowerBound == 10)
        #expect(range.count == words.utf8.count)
        #expect((0.99...1).contains(span.probability))
    }

    @Test func whatNoWordBeginsOrEndsIsNoAnswer() throws {
        // The model would rather say a part of a word.
        let span = try answer(["mil Haus": 20, "Hauser": 5], from: [piece("It was Emil Hauser.")]).span
        #expect(span?.text == "Hauser")
    }

    @Test func ofEqualsTheFirstOfTheBestPieceWins() throws {
        let pieces = [piece("Ann met Ann.", document: "one"), piece("Ann left.", document: "two")]
        let span = try #require(try answer(["Ann": 20], from: pieces).span)
        #expect(span.document == "one" && span.textRange == 90..<93)
        #expect(try answer(["Ann": 20], from: pieces.reversed()).span?.document == "two")
    }

    @Test func aRepairedPieceNamesAllOfItsBytes() throws {
        let span = try #require(try answer(["Ann": 20], from: [piece("It was Ann \u{FFFD}.", bytes: 13)]).span)
        #expect(span.byteRange == 100..<113)
        #expect(span.textRange == 97..<100)
    }

    @Test(arguments: [[], [""], ["… – !", "\n"]])
    func withoutWordsThereIsNone(texts: [String]) throws {
        #expect(try answer(["Ann": 20], from: texts.map { piece($0) }).span == nil)
    }

    @Test func whatTheContextDoesNotHoldIsLeftOut() throws {
        let pieces = [piece("It was Bob."), piece(String(repeating: "so ", count: 300) + "Ann.")]
        let whole = try answer(["Bob": 20], from: pieces)
        let best = try answer(["Bob": 20], from: pieces, contextLength: 1500)
        #expect(whole.span?.text == "Bob" && best.span == whole.span)
        #expect(whole.tokens > best.tokens + 300)
        #expect(try answer(["Bob": 20], from: pieces, contextLength: 100).span == nil)
    }

    @Test func theSearchIsBounded() throws {
        let text = (1...400).map { "word\($0)" }.joined(separator: " ") + " tin"
        // No other word begins with its first token.
        let one = try answer(["tin": 20], from: [piece(text)])
        let unsure = try answer([:], from: [piece(text)])
        #expect(one.span?.text == "tin")
        #expect(one.tokens < unsure.tokens)
        let plan = RetrievalPlan.Answers()
        let most = plan.spanStarts * plan.longestSpan
        #expect(unsure.tokens - (one.tokens - 8 * plan.longestSpan) <= most)
    }

    @Test func readingSeveralQuestionsEqualsOneByOne() throws {
        let reader = try ShortAnswerReader(model: PointingModel(["Ann": 20, "Bob": 20]), template: .paper)
        let first = try reader.answer(to: "Who?", from: [piece("It was Ann.")])
        let second = try reader.answer(to: "And who?", from: [piece("It was Bob.")])
        let again = try reader.answer(to: " Who?\n", from: [piece("It was Ann.")])
        #expect(first.span?.text == "Ann" && second.span?.text == "Bob")
        #expect(again.span == first.span && again.tokens == first.tokens)
    }
}
