import Documents

/// The best passages so far for one question, about as many tokens of them as asked for: memory does not grow with the text.
package struct CandidatePool {
    /// A passage with what each first stage saw of it.
    private struct Candidate {
        /// Its place in the order of reading.
        var order: Int
        var tokenCount: Int
        var textHash: Int
        var observations: [Observation]
        /// The passage, or where it stands.
        var passage: Passage?
        var block: (any PassageBlock)?
        var index: Int
    }

    private let limit: Int
    private let context: RetrievalContext
    private var candidates: [Candidate] = []
    private var held = 0
    private var count = 0
    /// What no longer gets in, among scores that stay as they are: the worst when candidates were last dropped.
    private var threshold = -Float.infinity

    /// - Parameter tokens: Of the best passages that are asked for.
    package init(tokens: Int, context: RetrievalContext) {
        limit = tokens
        self.context = context
    }

    /// Takes the passages of a block that may be among the best.
    /// - Parameter observed: For each stage what it saw of each passage.
    package mutating func add(_ block: some PassageBlock, observed: [[Observation?]], question: Int) {
        for index in 0..<block.count {
            defer { count += 1 }
            let observations = observed.compactMap { $0[index] }
            guard observations.count == observed.count else { continue }
            if let score = Fusion.fixed(observations), score <= threshold { continue }
            let passage = block.isCounted ? nil : block.passage(index)
            candidates.append(
                Candidate(
                    order: count, tokenCount: block.tokenCount(index), textHash: block.textHash(index),
                    observations: observations, passage: passage, block: passage == nil ? block : nil, index: index))
            held += block.tokenCount(index)
        }
        let most = Int(context.plan.heldCandidates * Double(limit)) + context.window
        if held > most { trim(question: question) }
    }

    /// The best passages up to the one that goes over the limit, with their scores by what is known now, in the order of reading.
    package func best(question: Int) -> [ScoredPassage] {
        var best = self
        best.trim(question: question)
        let weights = context.weights.weights(of: question)
        return best.candidates.sorted { $0.order < $1.order }.compactMap { scored($0, weights: weights) }
    }

    /// Keeps the best up to the one that goes over the limit, each text once. Of equal ones the first stay.
    private mutating func trim(question: Int) {
        let weights = context.weights.weights(of: question)
        let scores = candidates.map { candidate in
            Fusion.fixed(candidate.observations) ?? scored(candidate, weights: weights)?.score ?? 0
        }
        var texts: Set<Int> = []
        var left = limit
        let best = candidates.indices
            .sorted { (scores[$0], candidates[$1].order) > (scores[$1], candidates[$0].order) }
            .filter { texts.insert(candidates[$0].textHash).inserted }
            .prefix { index in
                defer { left -= candidates[index].tokenCount }
                return left > 0
            }
        if left <= 0, let last = best.last { threshold = scores[last] }
        candidates = best.map { candidates[$0] }
        held = candidates.reduce(0) { $0 + $1.tokenCount }
    }

    private func scored(_ candidate: Candidate, weights: [Float]) -> ScoredPassage? {
        guard let passage = candidate.passage ?? candidate.block?.passage(candidate.index) else { return nil }
        return Fusion.fused(
            candidate.observations, of: passage, weights: weights, rule: context.profile.selection)
    }
}
