import Foundation
import Tokenization

/// The tokens that may come next, with their logits; samplers change logits and take candidates away.
package struct Candidates {
    package struct Candidate {
        package var id: TokenID
        package var logit: Float
    }

    package private(set) var all: [Candidate]

    /// One candidate for each finite logit; its place is its token id.
    package init(logits: [Float]) throws(SamplingError) {
        all = []
        all.reserveCapacity(logits.count)
        for (id, logit) in logits.enumerated() where logit.isFinite {
            all.append(Candidate(id: TokenID(id), logit: logit))
        }
        guard !all.isEmpty else { throw .noFiniteLogits }
    }

    /// The candidate with the largest logit; of several the one with the lowest id.
    package var best: Candidate {
        var best = all[0]
        for candidate in all where Candidates.precedes(candidate, best) { best = candidate }
        return best
    }

    /// Their softmax probabilities, in their order.
    package var probabilities: [Float] {
        let largest = best.logit
        var values = all.map { exp($0.logit - largest) }
        var sum = 0.0
        for value in values { sum += Double(value) }
        for index in values.indices { values[index] = Float(Double(values[index]) / sum) }
        return values
    }

    /// Changes every logit.
    package mutating func update(_ change: (Candidate) -> Float) {
        for index in all.indices { all[index].logit = change(all[index]) }
    }

    /// Keeps the candidates whose places are in `indices`, in this order. There must be one.
    package mutating func keep(_ indices: some Collection<Int>) {
        precondition(!indices.isEmpty, "A sampler must leave a candidate.")
        all = indices.map { all[$0] }
    }

    /// Keeps the `count` most probable ones, best first.
    package mutating func keepBest(_ count: Int) {
        // Inserting one by one pays for a few.
        guard count < all.count, count <= 256 else {
            all.sort(by: Candidates.precedes)
            all.removeLast(max(0, all.count - count))
            return
        }
        // What is as good as the worst of the first `count` is sorted; the rest is passed by.
        var kept = Array(all.prefix(count)).sorted(by: Candidates.precedes)
        for candidate in all.dropFirst(count) where Candidates.precedes(candidate, kept[count - 1]) {
            var low = 0
            var high = count - 1
            while low < high {
                let middle = (low + high) / 2
                if Candidates.precedes(candidate, kept[middle]) { high = middle } else { low = middle + 1 }
            }
            kept.insert(candidate, at: low)
            kept.removeLast()
        }
        all = kept
    }

    private static func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
        left.logit > right.logit || (left.logit == right.logit && left.id < right.id)
    }
}
