import Evaluation
import InfiniRetri
import Testing

@Suite struct AnswerabilityMetricsTests {
    private func row(_ with: Double?, _ without: Double?) -> EvaluationRow {
        var output = SystemOutput(evidence: [], evidenceTokens: 0, documentTokens: 1, retrievalSeconds: 0)
        output.answerable = with
        output.answerableWithout = without
        return EvaluationRow(
            id: "\(with ?? -1) \(without ?? -1)", group: "g", parameters: [:], question: "?", expected: [],
            output: output,
            metrics: [:])
    }

    private func metrics(_ rows: [EvaluationRow]) -> AnswerabilityMetrics? {
        EvaluationSummary(task: "qa", rows: rows).answerability
    }

    @Test func valuesAreThoseComputedByHand() throws {
        // Of four pairs (0.9 and 0.6 against 0.2 and 0.6) three are told apart and one is a draw.
        let found = try #require(metrics([row(0.9, 0.2), row(0.6, 0.6), row(nil, 0.5), row(0.5, nil)]))
        #expect(abs(found.auroc - 3.5 / 4) < 1e-12)
        // Bins: 0.9 with 1 of 1, 0.2 with 0 of 1, 0.6 twice with 1 of 2.
        #expect(abs(found.calibrationError - (0.1 + 0.2 + 0.2) / 4) < 1e-12)
    }

    @Test func nothingSaidIsNothingMeasured() { #expect(metrics([row(nil, nil)]) == nil) }

    @Test func certaintyStaysWithinTheBins() throws {
        let found = try #require(metrics([row(1, 0)]))
        #expect(found.auroc == 1 && found.calibrationError == 0)
    }
}
