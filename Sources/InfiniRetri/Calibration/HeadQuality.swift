import Foundation

/// How well a set of heads, their scores summed, tells the passages that answer from all others.
///
/// Evidence is kept best first until a budget is full, so what counts is not to be the best of all passages but to beat all
/// save a few: a question's margin is `log(answering / competitor)` with the `kept`-th best of the other passages as the competitor, and
/// the quality the mean over questions of `1 / (1 + exp(-margin / softness))`. Unlike the share of answers kept, which is 1 for
/// many sets on easy questions, it tells a narrow success from a safe one.
struct HeadQuality {
    private let questions: [HeadScores.Question]

    private let plan: CalibrationPlan

    init(_ questions: [HeadScores.Question], by plan: CalibrationPlan) {
        self.questions = questions
        self.plan = plan
    }

    /// For each question between 0 and 1. `sums` are the summed scores of all passages, question after question.
    func successes(_ sums: [Float]) -> [Double] {
        var start = 0
        return questions.map { question in
            defer { start += question.passages }
            let scores = sums[start..<start + question.passages]
            let answering = scores[start + question.answering]
            let competitor = competitor(scores, besides: start + question.answering)
            let margin = log((Double(answering) + 1e-12) / (Double(competitor) + 1e-12))
            return 1 / (1 + exp(-margin / plan.softness))
        }
    }

    /// One head's scores of all passages, question after question.
    func scores(ofHead head: Int) -> [Float] { questions.flatMap { $0.scores(ofHead: head) } }

    /// The best of `scores` that `kept - 1` others beat, `index` left out.
    private func competitor(_ scores: ArraySlice<Float>, besides index: Int) -> Float {
        var best = [Float](repeating: 0, count: plan.competitorsKept)
        for other in scores.indices where other != index {
            var value = scores[other]
            for place in best.indices where value > best[place] { swap(&value, &best[place]) }
        }
        return best[plan.competitorsKept - 1]
    }
}

extension [Double] {
    /// 0 where there are none.
    var mean: Double { reduce(0, +) / Double(Swift.max(1, count)) }

    /// How far the mean may lie off by chance: the standard deviation over the square root of the count.
    var standardError: Double {
        guard count > 1 else { return 0 }
        let mean = mean
        let variance = reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
        return (variance / Double(count)).squareRoot()
    }
}
