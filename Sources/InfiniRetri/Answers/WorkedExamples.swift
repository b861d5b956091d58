/// Texts with questions and their answers, which show the model what an answer is: a few words of the text, and the line ends
/// (few-shot prompting, arXiv 2005.14165).
///
/// A model of 135 million parameters that is told to be concise answers with sentences all the same; one that goes on with a
/// pattern does not. Kinds of answer that differ: a person, a number, a date, a thing, a term, a place.
struct WorkedExamples {
    private struct Example {
        var text: String
        var questions: KeyValuePairs<String, String>
    }

    private static let english = [
        Example(
            text: """
                Old ports of the Danube. The Danube rises in the Black Forest and flows 2,850 km to the Black Sea. Vienna was \
                its busiest port until 3 May 1914, when the engineer Emil Hauser moved the docks to Linz. Barges were then \
                drawn by horses.
                """,
            questions: [
                "Who moved the docks from vienna?": "Emil Hauser", "How long is the river danube?": "2,850 km",
                "When were the docks moved to linz?": "3 May 1914", "What pulled the barges?": "horses",
            ]),
        Example(
            text: """
                Glass. Glass is made of molten sand, which is cooled quickly. The oldest beads were found in Egypt. A worker \
                who shapes it with a pipe is called a glassblower.
                """,
            questions: [
                "What is a person who shapes glass called?": "a glassblower",
                "Where were the oldest glass beads found?": "Egypt",
            ]),
    ]

    private let template: PromptTemplate

    /// Examples with the headings of a template.
    init(_ template: PromptTemplate) { self.template = template }

    /// All examples, up to the end of the last answer.
    var text: String {
        Self.english.map { example in
            example.text
                + example.questions.enumerated().map { index, pair in
                    (index == 0 ? "\n\n" : "\n") + "\(question(pair.key)) \(pair.value)"
                }.joined()
        }.joined(separator: "\n\n")
    }

    /// What follows the examples, up to where the answer begins.
    func task(_ question: String, from passages: [String]) -> String {
        (passages + [self.question(question)]).map { "\n\n" + $0 }.joined()
    }

    private func question(_ question: String) -> String {
        "\(template.questionHeading) \(question)\n\(template.answerHeading)"
    }
}
