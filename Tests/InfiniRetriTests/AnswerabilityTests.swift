import Foundation
import InfiniRetri
import TestSupport
import Testing

@Suite struct AnswerabilityTests {
    @Test func eachSignSpeaksForAnAnswer() {
        func probability(_ sign: Answerability.Sign) -> Double { Answerability.standard.probability(sign, .init()) }
        #expect(probability(.separation(5)) > 0.9 && probability(.separation(0.5)) < 0.1)
        #expect(probability(.likelihood(3)) > 0.9 && probability(.likelihood(0)) < 0.2)
    }

    /// Of few passages none stands out: the likelihood of the question decides.
    @Test(arguments: [(Float(-1), true), (-6, false)])
    func aShortTextIsToldToo(likelihood: Float, isAnswered: Bool) throws {
        let found = try found(likelihood: likelihood, paragraphs: 3)
        #expect((try #require(found.answerable) > 0.5) == isAnswered)
    }

    /// Twenty paragraphs of which one has the digit that is asked for, and makes the question probable.
    private func found(
        likelihood: Float = -1, paragraphs: Int = 20, leavingOut: Bool = false,
        _ change: (inout RetrievalPlan) -> Void = { _ in }
    ) throws -> Pipeline.Found {
        let nine = try ScriptedContext().token("9")
        let scorer = ScriptedScorer(likelihood: { $1.text.contains("9") ? likelihood : -6 }) { $1 == nine ? 1 : 0 }
        let scripted = try ScriptedContext(scorer: scorer, change)
        let text = (0..<paragraphs).map { "Paragraph \($0 == 2 ? "9" : "x")\("ab".prefix($0 % 3))." }.joined(
            separator: "\n\n")
        var context = scripted.context(for: [[nine]])
        let corpus = try Corpus(reading: [.text(text, name: "text")], context: context)
        if leavingOut {
            context.leftOut = [corpus.passages { $0.text.contains("9") }.compactMap { corpus.passage($0)?.textRange }]
        }
        return try Pipeline(context).evidence(from: corpus, stages: scripted.stages(context))[0]
    }

    @Test func aTextThatAnswersIsToldFromOneThatDoesNot() throws {
        let answered = try #require(try found().answerable)
        #expect(try found().answerableWithout == nil)
        let both = try found(leavingOut: true)
        #expect(both.answerable == answered)
        let without = try #require(both.answerableWithout)
        #expect(without < 0.5 && without < answered)
        // Where nothing reads a passage alone, nothing is said.
        #expect(try found { $0.reranking = [] }.answerable == nil)
    }
}
