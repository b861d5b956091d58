import Foundation
import Passages

/// Finds every passage that answers, not the best few: passages are read one by one, in the order of what the first stages say, as
/// long as answers turn up among them.
///
/// What a passage adds to the likelihood of the question does not depend on how many others add as much, so it tells answers from
/// other passages where the first stages, which look for what stands out, cannot. How much that is differs from question to question:
/// it is measured from the median passage that was read to the best one.
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
        let order = scores.passages.indices.sorted { (scores.passages[$1], $0) < (scores.passages[$0], $1) }
        var known: [[Int32]: Float] = [:]
        var read: [(passage: ScoredPassage, information: Float)] = []
        var probability = Probability(plan, information: [])
        var inVain = 0
        let alone = try context.scorer.likelihood(of: asked)
        for start in stride(from: 0, to: order.count, by: plan.passagesTogether) where inVain < plan.patience {
            try Task.checkCancellation()
            let passages = order[start..<min(start + plan.passagesTogether, order.count)]
                .compactMap { scores.passage($0, in: corpus) }
            let new = passages.filter { known[$0.passage.tokens] == nil }
            let likelihoods = try context.scorer.likelihoods(of: asked, behind: [], after: new.map(\.readable))
            for (passage, likelihood) in zip(new, likelihoods) { known[passage.passage.tokens] = likelihood - alone }
            let batch = passages.map { (passage: $0, information: known[$0.passage.tokens] ?? 0) }
            read += batch
            probability = Probability(plan, information: read.map(\.information))
            let isInVain = batch.allSatisfy { probability($0.information) < plan.leastProbability }
            inVain = isInVain ? inVain + batch.count : 0
        }
        return read.compactMap { passage, information in
            var passage = passage
            passage.score = Float(probability(information))
            return probability(information) >= plan.leastProbability ? passage : nil
        }.sorted { Passage.precedes($0.passage, $1.passage) }
    }

    /// How probably a passage answers that adds so much to the likelihood of the question, in nats a token.
    private struct Probability {
        private let median: Float
        private let best: Float
        private let slope: Double

        /// - Parameter information: What each of the passages that were read adds. Where most of a few do answer, their median is no
        ///   measure of others, which rather take something away.
        init(_ plan: RetrievalPlan.Exhaustive, information: [Float]) {
            let sorted = information.sorted()
            median = min(0, sorted.isEmpty ? 0 : sorted[sorted.count / 2])
            best = max(sorted.last ?? 0, median + .leastNormalMagnitude)
            slope = plan.slope
        }

        func callAsFunction(_ information: Float) -> Double {
            1 / (1 + exp(-slope * (Double((information - median) / (best - median)) - 0.5)))
        }
    }
}
