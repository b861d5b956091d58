import Transformer

/// Chooses the heads that a model retrieves with, from what each of them says about questions.
///
/// Only heads that are good alone are taken. Growing a set by whatever helps most on the questions does better on questions and
/// worse on real questions: it takes in heads that mend what is peculiar to them (docs/method.md).
package struct HeadSelection: Sendable {
    /// A head and its worth alone.
    package struct Rating: Sendable, Hashable, Codable {
        package var head: AttentionHead
        /// Score of the passage that answers minus the mean of its three best competitors, over the standard deviation of all
        /// competitors; mean over questions.
        package var contrast: Double
        /// Quality (``HeadQuality``) of this head alone, 0 to 1.
        package var quality: Double
    }

    /// All heads, best first.
    package let ratings: [Rating]
    /// The chosen heads, sorted.
    package let chosen: [AttentionHead]
    /// Quality of the chosen heads together, 0 to 1.
    package let quality: Double

    /// - Parameters:
    ///   - scores: At least one question.
    ///   - plan: The numbers that decide.
    package init(_ scores: HeadScores, by plan: CalibrationPlan = CalibrationPlan()) {
        let quality = HeadQuality(scores.questions, by: plan)
        let ratings = scores.heads.indices.map { index in
            Rating(
                head: scores.heads[index], contrast: scores.questions.map { $0.contrast(ofHead: index) }.mean,
                quality: quality.successes(quality.scores(ofHead: index)).mean)
        }.sorted { ($0.quality, $1.head) > ($1.quality, $0.head) }
        let index = Dictionary(uniqueKeysWithValues: zip(scores.heads, scores.heads.indices))
        let sets = (0...(scores.heads.last?.layer ?? 0)).compactMap { layer in
            let heads = ratings.filter { $0.head.layer <= layer }
            let near = heads.prefix { $0.quality >= (heads.first?.quality ?? 0) - plan.headBand }.prefix(plan.mostHeads)
            return Self.best(near.compactMap { index[$0.head] }, of: scores, by: quality, trifle: plan.headTrifle)
        }
        // Passes end at the highest layer in use: the lowest one that is as good as the best saves time.
        let best = sets.max { $0.successes.mean < $1.successes.mean }
        let choice = best.flatMap { best in sets.first { $0.successes.mean >= best.successes.mean - plan.headTrifle } }
        self.ratings = ratings
        chosen = (choice?.heads ?? []).sorted()
        self.quality = choice?.successes.mean ?? 0
    }

    private struct HeadSet {
        var heads: [AttentionHead]
        var successes: [Double]

        /// Whether it is no worse than the best set, chance and trifles aside.
        func isAsGood(as best: HeadSet, trifle: Double) -> Bool {
            successes.mean >= best.successes.mean - max(best.successes.standardError, trifle)
        }
    }

    /// Of the sets of the first, the first two, ... of `heads` the largest that is as good as the best: what one head
    /// misses for reasons that questions do not show, others may see.
    private static func best(_ heads: [Int], of scores: HeadScores, by quality: HeadQuality, trifle: Double) -> HeadSet?
    {
        var sums: [Float] = []
        let sets = heads.indices.map { last in
            let added = quality.scores(ofHead: heads[last])
            sums = sums.isEmpty ? added : zip(sums, added).map { $0 + $1 }
            return HeadSet(heads: heads[...last].map { scores.heads[$0] }, successes: quality.successes(sums))
        }
        return sets.max { $0.successes.mean < $1.successes.mean }.flatMap { best in
            sets.last { $0.isAsGood(as: best, trifle: trifle) }
        }
    }
}

extension HeadScores.Question {
    func contrast(ofHead head: Int) -> Double {
        let scores = scores(ofHead: head)
        let answer = Double(scores[scores.startIndex + answering])
        let competitors = scores.indices.filter { $0 != scores.startIndex + answering }.map { Double(scores[$0]) }
        let best = Array(competitors.sorted(by: >).prefix(3)).mean
        let mean = competitors.mean
        let spread = competitors.map { ($0 - mean) * ($0 - mean) }.mean.squareRoot()
        return (answer - best) / (spread + 1e-12)
    }
}
