import Documents
import Foundation

/// Finds every passage that answers, not the best few: passages are read one by one, in the order of what the first stages say, as
/// long as answers turn up among them.
///
/// What a passage adds to the likelihood of the question does not depend on how many others add as much, so it tells answers from
/// other passages where the first stages, which look for what stands out, cannot.
struct ExhaustiveSearch {
    private let context: RetrievalContext
    private let corpus: Corpus
    private let scores: QuestionScores
    private var plan: RetrievalPlan.Exhaustive { context.plan.exhaustive }

    /// - Parameter scores: Of the question's first stages.
    init(_ context: RetrievalContext, corpus: Corpus, scores: QuestionScores) {
        self.context = context
        self.corpus = corpus
        self.scores = scores
    }

    /// The passages that answer a question, in the order of reading; their scores are probabilities. Copies of a text are all there.
    func passages(for question: Int) throws -> [ScoredPassage] {
        let asked = AskedPrompt(question: question, prompt: context.questions[question])
        let alone = try context.scorer.likelihood(of: asked)
        let order = scores.passages.indices.sorted { (scores.passages[$1], $0) < (scores.passages[$0], $1) }
        var known: [[Int32]: Float] = [:]
        var found: [ScoredPassage] = []
        var inVain = 0
        for start in stride(from: 0, to: order.count, by: plan.passagesTogether) where inVain < plan.patience {
            try Task.checkCancellation()
            let passages = order[start..<min(start + plan.passagesTogether, order.count)]
                .compactMap { scores.passage($0, in: corpus) }
            let new = passages.filter { known[$0.passage.tokens] == nil }
            let likelihoods = try context.scorer.likelihoods(of: asked, behind: [], after: new.map(\.passage))
            for (passage, likelihood) in zip(new, likelihoods) {
                known[passage.passage.tokens] = probability(passage, information: likelihood - alone)
            }
            let answers = passages.compactMap { passage in
                var passage = passage
                passage.score = known[passage.passage.tokens] ?? 0
                return passage.score >= Float(plan.leastProbability) ? passage : nil
            }
            found += answers
            inVain = answers.isEmpty ? inVain + passages.count : 0
        }
        return found.sorted { Passage.precedes($0.passage, $1.passage) }
    }

    /// - Parameter information: What the passage adds to the likelihood of the question, in nats a token.
    private func probability(_ passage: ScoredPassage, information: Float) -> Float {
        if let d = ProcessInfo.processInfo.environment["DBG"], d == "1" { FileHandle.standardError.write(Data("DBG\t\(passage.score)\t\(scores.columns)\t\(log(Double(corpus.passages.count)))\t\(information)\t\(passage.passage.text.prefix(60).split(separator: "\n").joined(separator: " "))\n".utf8)) }
        let logOdds = plan.informationWeight * Double(information) + plan.bias
        return Float(1 / (1 + exp(-logOdds)))
    }
}
