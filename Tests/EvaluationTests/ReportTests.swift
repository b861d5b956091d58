import Evaluation
import Foundation
import FoundationXML
import TestSupport
import Testing

@Suite("Reports")
struct ReportTests {
    private static let hostile =
        #"</blockquote><script>alert(1)</script><style>*{display:none}</style>"><b onclick='x'>"#

    private struct Hostile: EvidenceSystem {
        let settings = ["system": ReportTests.hostile]

        func outputs(for questions: [AskedQuestion], in context: String) -> [SystemOutput] {
            questions.map { _ in
                SystemOutput(
                    evidence: [.init(byteRange: 0..<context.utf8.count, text: context)], evidenceTokens: 5,
                    documentTokens: 10, processedTokens: 11, answer: context, retrievalSeconds: 1)
            }
        }
    }

    private struct Grid: EvaluationTask {
        let name = "grid"
        let title = "A <grid>"
        let settings = ["other": ReportTests.hostile]
        let grid: EvaluationGrid? = EvaluationGrid(rows: .parameter("depth"), columns: .group(title: "length"))

        func cases() -> [EvaluationCase] {
            [(0.0, "8192"), (0.5, "8192"), (0, "131072"), (0.5, "131072"), (0.5, ReportTests.hostile)].enumerated().map
            {
                index, place in
                let question = EvaluationQuestion(
                    id: "\(index)", group: place.1, parameters: ["depth": place.0], text: ReportTests.hostile,
                    expected: [ReportTests.hostile])
                return EvaluationCase(questions: [question]) { questions, system in
                    try await system.outputs(for: questions.map { AskedQuestion($0.text) }, in: ReportTests.hostile).map
                    {
                        JudgedOutput(output: $0, metrics: ["retrieved": index % 2 == 0 ? 1 : 0])
                    }
                }
            }
        }
    }

    @Test func everyTextOfAReportIsText() async throws {
        let folder = try TemporaryFolder()
        let runner = EvaluationRunner(task: Grid(), system: Hostile())
        _ = try await runner.run(into: ResultFolder(path: folder.path("out"), settings: runner.settings))
        let page = try String(contentsOfFile: folder.path("out/report.html"), encoding: .utf8)
        #expect(!page.contains("<script"))
        #expect(!page.contains("<b onclick"))
        #expect(page.ranges(of: "<style>").count == 1)
        #expect(page.ranges(of: "&lt;script&gt;").count >= 5 * 4 + 2)
        // A heat map of three lengths and two depths, one place of which has no value.
        #expect(page.ranges(of: "no value").count == 1)
        #expect(page.contains("depth 0.50, length 131072: 0.00"))
        #expect(page.contains("<h2>Groups</h2>"))
        #expect(page.contains("A &lt;grid&gt;"))

        // Apart from the head, whose tags need no end in HTML, the page is well formed.
        let start = try #require(page.range(of: "<body>")).lowerBound
        let end = try #require(page.range(of: "</body>")).upperBound
        let parser = XMLParser(data: Data(page[start..<end].utf8))
        #expect(parser.parse(), "\(String(describing: parser.parserError)) in line \(parser.lineNumber)")
    }

    @Test func anEvaluationOfNothingHasAReport() {
        let summary = EvaluationSummary(task: "t", rows: [])
        let report = EvaluationReport(title: "t", summary: summary, rows: [], settings: [:], grid: nil)
        #expect(report.page.html.markup.contains("0 questions"))
    }
}
