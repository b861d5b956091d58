import Evaluation
import Testing

@Suite("Answer metrics")
struct AnswerMetricsTests {
    @Test(
        "SQuAD's normal form",
        arguments: [
            ("The  Eiffel Tower.", "eiffel tower"),
            ("a.b.c", "abc"),
            ("An apple, a day", "apple day"),
            ("theatre", "theatre"),
            ("Category\u{A0}4", "category 4"),
            ("The", ""),
            ("", ""),
        ])
    func normalForm(text: String, expected: String) {
        #expect(AnswerMetrics.normalized(text) == expected)
    }

    @Test func exactMatchTakesAnyAcceptedAnswer() {
        #expect(AnswerMetrics.exactMatch("the 4.", accepted: ["Category 4", "4"]) == 1)
        #expect(AnswerMetrics.exactMatch("5", accepted: ["Category 4", "4"]) == 0)
    }

    @Test func firstLineIsTheFirstThatSaysSomething() {
        #expect(AnswerMetrics.firstLine(of: "\n \nKostas.\r\nThe song was written by Kostas.") == "Kostas.")
        #expect(AnswerMetrics.firstLine(of: "one line") == "one line")
        #expect(AnswerMetrics.firstLine(of: " \n\n").isEmpty)
    }

    @Test func f1CountsSharedWordsOnce() {
        // Given: red red fox (3); accepted: red fox jumps high (4); shared: red, fox. P = 2/3, R = 2/4, F1 = 4/7.
        #expect(abs(AnswerMetrics.f1("Red red fox!", accepted: ["the red fox jumps high"]) - 4.0 / 7.0) < 1e-12)
    }

    @Test func f1IsTheBestOverAcceptedAnswers() {
        #expect(AnswerMetrics.f1("Rajendra Prasad", accepted: ["Dr. Rajendra Prasad, INC", "Rajendra Prasad"]) == 1)
    }

    @Test func f1OfNothingSharedOrNothingSaid() {
        #expect(AnswerMetrics.f1("cat", accepted: ["dog"]) == 0)
        #expect(AnswerMetrics.f1("", accepted: ["dog"]) == 0)
        #expect(AnswerMetrics.f1("the", accepted: ["a"]) == 1)
    }

    @Test func f1SplitsChineseIntoCharacters() {
        // Given: 北 京 市 (3); accepted: 北 京 (2); shared 2. P = 2/3, R = 1, F1 = 4/5.
        #expect(abs(AnswerMetrics.f1("北京市", accepted: ["北京"]) - 0.8) < 1e-12)
    }

    @Test func containmentWantsWholeWords() {
        #expect(AnswerMetrics.containment("You should eat a sandwich.", accepted: ["eat sandwich"]) == 1)
        #expect(AnswerMetrics.containment("In 1945", accepted: ["194"]) == 0)
        #expect(AnswerMetrics.containment("anything", accepted: [""]) == 0)
    }

    @Test func rougeIsTheFMeasureOfWords() {
        // Candidate: 4 words, reference: 6 words, shared: the, cat, sat = 3. F = 2 * 3 / 10.
        #expect(abs(Rouge.unigramF1("The cat sat down", reference: "the cat sat on the mat") - 0.6) < 1e-12)
        #expect(Rouge.unigramF1("", reference: "the cat") == 0)
    }
}
