import Evaluation
import Testing

@Suite("Evidence metrics")
struct EvidenceMetricsTests {
    @Test func recallIgnoresCaseAndSpacing() {
        let evidence = ["It was a Category\u{A0}4\nhurricane.", "It hit Florida."]
        #expect(EvidenceMetrics.answerRecall(evidence: evidence, answers: ["category 4"]) == 1)
        #expect(EvidenceMetrics.answerRecall(evidence: evidence, answers: ["Category 5", "FLORIDA"]) == 1)
        #expect(EvidenceMetrics.answerRecall(evidence: evidence, answers: ["Category 5"]) == 0)
        #expect(EvidenceMetrics.answerRecall(evidence: evidence, answers: [" "]) == 0)
        #expect(EvidenceMetrics.answerRecall(evidence: [], answers: ["x"]) == 0)
    }

    @Test func recallReadsPiecesAsOneText() {
        #expect(EvidenceMetrics.answerRecall(evidence: ["It was Dr.", "Prasad."], answers: ["Dr. Prasad"]) == 1)
    }

    @Test func goldHitWantsASharedByte() {
        #expect(EvidenceMetrics.goldHit(evidence: [0..<10, 50..<60], gold: 59..<70) == 1)
        #expect(EvidenceMetrics.goldHit(evidence: [0..<10, 50..<60], gold: 10..<50) == 0)
    }

    @Test func goldShareCountsPassages() {
        let evidence = [0..<10, 50..<60]
        #expect(
            EvidenceMetrics.goldShare(evidence: evidence, golds: [[9..<12], [40..<50, 55..<56], [20..<30]]) == 2.0 / 3.0
        )
        #expect(EvidenceMetrics.goldShare(evidence: evidence, golds: [[9..<12], [59..<70]]) == 1)
        #expect(EvidenceMetrics.goldShare(evidence: [], golds: [[9..<12]]) == 0)
        #expect(EvidenceMetrics.goldShare(evidence: evidence, golds: []) == 0)
    }

    @Test func passagesAreFoundInBytes() {
        #expect(EvidenceMetrics.byteRange(of: "ß c", in: "a ß c") == 2..<6)
        #expect(EvidenceMetrics.byteRange(of: "d", in: "a ß c") == nil)
        #expect(EvidenceMetrics.byteRange(of: "", in: "a") == nil)
    }

    @Test func bootstrapHoldsTheMean() throws {
        let values = (0..<100).map { Double($0 % 2) }
        let interval = try #require(Bootstrap.interval95(of: values))
        // The mean's standard error is 0.05: 95 % of resampled means lie within 0.098 of 0.5.
        #expect(abs(interval.lowerBound - 0.4) < 0.03)
        #expect(abs(interval.upperBound - 0.6) < 0.03)
        #expect(Bootstrap.interval95(of: values) == interval)
        #expect(Bootstrap.interval95(of: [0.25, 0.25]) == 0.25...0.25)
        #expect(Bootstrap.interval95(of: []) == nil)
    }
}
