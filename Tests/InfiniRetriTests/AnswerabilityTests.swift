import Foundation
import InfiniRetri
import TestSupport
import Testing

@Suite struct AnswerabilityTests {
    private func probability(_ separation: Double?, _ likelihood: Double) -> Double {
        Answerability.standard.probability(.init(separation: separation, likelihood: likelihood))
    }

    @Test func eachSignSpeaksForAnAnswer() {
        #expect(probability(5, 2) > 0.9)
        #expect(probability(1, 0) < 0.1)
        #expect(probability(3, 1) > probability(2, 1) && probability(3, 1) > probability(3, 0.5))
        // Of few passages nothing stands out.
        #expect(probability(nil, 3) > 0.9 && probability(nil, 0) < 0.2)
    }

    /// Twenty paragraphs of which one has the digit that is asked for, and makes the question probable.
    private func found(
        likelihood: Float = -1, leavingOut: Bool = false, _ change: (inout RetrievalPlan) -> Void = { _ in }
    ) throws -> Pipeline.Found {
        let nine = try ScriptedContext().token("9")
        let scorer = ScriptedScorer(likelihood: { $1.text.contains("9") ? likelihood : -6 }) { $1 == nine ? 1 : 0 }
        let scripted = try ScriptedContext(scorer: scorer, change)
        let text = (0..<20).map { "Paragraph \($0 == 7 ? "9" : "x")\("ab".prefix($0 % 3))." }.joined(separator: "\n\n")
        var context = scripted.context(for: [[nine]])
        let corpus = try Corpus(reading: [.text(text, name: "text")], context: context)
        if leavingOut {
            context.leftOut = [corpus.passages { $0.text.contains("9") }.compactMap { corpus.passage($0)?.textRange }]
        }
        return try Pipeline(context).evidence(from: corpus, stages: scripted.stages(context))[0]
    }

    @Test func aTextThatAnswersIsToldFromOneThatDoesNot() throws {
        let answered = try #require(try found().answerable)
        let unlikely = try #require(try found(likelihood: -6).answerable)
        #expect(answered > unlikely)
        #expect(try found().answerableWithout == nil)
        let both = try found(leavingOut: true)
        #expect(both.answerable == answered)
        let without = try #require(both.answerableWithout)
        #expect(without < 0.5 && without < answered)
        // Where nothing reads a passage alone, nothing is said.
        #expect(try found { $0.reranking = [] }.answerable == nil)
    }
}
