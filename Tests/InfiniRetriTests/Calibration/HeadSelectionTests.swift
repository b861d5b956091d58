import InfiniRetri
import TestSupport
import Testing
import Transformer

@Suite struct HeadSelectionTests {
    private func plan(mostHeads: Int) -> CalibrationPlan {
        var plan = CalibrationPlan()
        plan.mostHeads = mostHeads
        return plan
    }

    /// Scores by chance, save that the heads in `good` give the answering passage `gain` more.
    private func scores(
        layers: Int = 6, heads: Int = 4, questions: Int = 60, good: [AttentionHead: Float], seed: UInt64 = 1
    ) -> HeadScores {
        var random = SeededGenerator(seed: seed)
        let all = (0..<layers).flatMap { layer in (0..<heads).map { AttentionHead(layer: layer, head: $0) } }
        return HeadScores(
            heads: all,
            questions: (0..<questions).map { question in
                let answering = question % 20
                let values = all.flatMap { head in
                    (0..<20).map { passage in
                        0.1 + random.uniform() + (passage == answering ? good[head] ?? 0 : 0)
                    }
                }
                return HeadScores.Question(answering: answering, passages: 20, values: values)
            })
    }

    @Test func theBestHeadIsFound() {
        let best = AttentionHead(layer: 3, head: 2)
        let selection = HeadSelection(scores(good: [best: 8]), by: plan(mostHeads: 1))
        #expect(selection.chosen == [best])
        #expect(selection.ratings.first?.head == best)
        #expect(selection.quality > 0.9)
        #expect((selection.ratings.first?.contrast ?? 0) > 10)
        #expect(selection.ratings.dropFirst().allSatisfy { $0.contrast < 0 && $0.quality < 0.5 })
        #expect(selection.ratings.count == 24)
    }

    @Test func headsThatPointAwayAreLeftOut() {
        let good = [AttentionHead(layer: 2, head: 0), AttentionHead(layer: 2, head: 3)]
        let selection = HeadSelection(
            scores(good: [good[0]: 3, good[1]: 3, AttentionHead(layer: 1, head: 1): -0.1]), by: plan(mostHeads: 8))
        #expect(Set(selection.chosen).isSuperset(of: good))
        #expect(!selection.chosen.contains(AttentionHead(layer: 1, head: 1)))
    }

    @Test func ofEqualSetsTheLowerIsTaken() {
        let low = AttentionHead(layer: 1, head: 1)
        let high = AttentionHead(layer: 5, head: 1)
        let equal = HeadSelection(scores(good: [low: 80, high: 81]))
        #expect(equal.chosen.contains(low))
        #expect(equal.chosen.allSatisfy { $0.layer <= 1 })
        let better = HeadSelection(scores(good: [low: 0.8, high: 80]))
        #expect(better.chosen.contains(high))
    }

    @Test func theNumberOfHeadsIsBounded() {
        var good: [AttentionHead: Float] = [:]
        for head in 0..<4 { for layer in 1..<4 { good[AttentionHead(layer: layer, head: head)] = 4 } }
        let selection = HeadSelection(scores(good: good), by: plan(mostHeads: 5))
        #expect((1...5).contains(selection.chosen.count))
        #expect(selection.chosen == selection.chosen.sorted())
    }
}
