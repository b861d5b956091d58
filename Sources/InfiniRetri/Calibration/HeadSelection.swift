import Transformer

/// Chooses the heads that a model retrieves with, from what each of them says about probes.
package struct HeadSelection: Sendable {
    /// A head and its worth alone.
    package struct Rating: Sendable, Hashable, Codable {
        package var head: AttentionHead
        /// Score of the passage that answers minus the mean of its three best rivals, over the standard deviation of all
        /// rivals; mean over probes.
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
    ///   - scores: At least one probe.
    ///   - most: The most heads to choose.
    package init(_ scores: HeadScores, most: Int = 8) {
        let quality = HeadQuality(scores.probes)
        ratings = scores.heads.indices.map { index in
            Rating(
                head: scores.heads[index], contrast: scores.probes.map { $0.contrast(ofHead: index) }.mean,
                quality: quality.successes(quality.scores(ofHead: index)).mean)
        }.sorted { ($0.quality, $1.head) > ($1.quality, $0.head) }
        let index = Dictionary(uniqueKeysWithValues: zip(scores.heads, scores.heads.indices))
        // Heads that are poor alone do not become good in company; leaving them out keeps the search short.
        let candidates = ratings.prefix(40).compactMap { rating in
            index[rating.head].map { Candidate(head: rating.head, scores: quality.scores(ofHead: $0)) }
        }
        let sets = Set(candidates.map(\.head.layer)).sorted().map { layer in
            Self.grown(from: candidates.filter { $0.head.layer <= layer }, most: most, by: quality)
        }
        // Passes end at the highest layer in use: the lowest one that is as good as the best, chance aside, saves time.
        let best = sets.max { $0.successes.mean < $1.successes.mean }
        let choice = best.flatMap { best in sets.first { $0.isAsGood(as: best) } }
        chosen = (choice?.heads ?? []).sorted()
        self.quality = choice?.successes.mean ?? 0
    }

    private struct Candidate {
        var head: AttentionHead
        var scores: [Float]
    }

    private struct HeadSet {
        var heads: [AttentionHead] = []
        var scores: [Float] = []
        var successes: [Double] = []

        /// Whether it is no worse than the best set, chance and trifles aside.
        func isAsGood(as best: HeadSet) -> Bool {
            successes.mean >= best.successes.mean - max(best.successes.standardError, 0.005)
        }
    }

    /// Adds the head that helps most, again and again. Of the sets on the way the largest that is as good as the best,
    /// chance aside: what one head misses for reasons that probes do not show, others may see.
    private static func grown(from candidates: [Candidate], most: Int, by quality: HeadQuality) -> HeadSet {
        var sets: [HeadSet] = []
        var current = HeadSet()
        var left = candidates
        while sets.count < most, !left.isEmpty {
            let extended = left.map { candidate in
                let sums =
                    current.scores.isEmpty
                    ? candidate.scores : zip(current.scores, candidate.scores).map { $0 + $1 }
                return HeadSet(
                    heads: current.heads + [candidate.head], scores: sums, successes: quality.successes(sums))
            }
            guard let best = extended.indices.max(by: { extended[$0].successes.mean < extended[$1].successes.mean })
            else { break }
            current = extended[best]
            left.remove(at: best)
            sets.append(current)
        }
        guard let best = sets.max(by: { $0.successes.mean < $1.successes.mean }) else { return HeadSet() }
        return sets.last { $0.isAsGood(as: best) } ?? best
    }
}

extension HeadScores.Probe {
    func contrast(ofHead head: Int) -> Double {
        let scores = scores(ofHead: head)
        let answer = Double(scores[scores.startIndex + answering])
        let rivals = scores.indices.filter { $0 != scores.startIndex + answering }.map { Double(scores[$0]) }
        let best = Array(rivals.sorted(by: >).prefix(3)).mean
        let mean = rivals.mean
        let spread = rivals.map { ($0 - mean) * ($0 - mean) }.mean.squareRoot()
        return (answer - best) / (spread + 1e-12)
    }
}
