import Foundation

/// `analyze` for people, as a page that stands alone.
public struct AnalysisReport: Sendable {
    private let analysis: AttentionAnalysis
    private let readings: [AttentionReading]
    private let views: [AttentionView]
    private let model: String

    /// - Parameter views: What heat maps are drawn of.
    public init(_ analysis: AttentionAnalysis, readings: [AttentionReading], views: [AttentionView], model: String) {
        self.analysis = analysis
        self.readings = readings
        self.views = views
        self.model = model
    }

    /// Writes the page, whole or not at all.
    public func write(to url: URL) throws { try Data(page.html.markup.utf8).write(to: url, options: .atomic) }

    /// The page.
    package var page: ReportPage {
        var sections = [
            ReportPage.Section("Where the attention goes", shares), .init("Layers", layerTable),
        ]
        if analysis.heads.joined().contains(where: { $0.correlation != nil }) {
            sections.append(.init("Attention and right answers", correlations))
        }
        sections += views.map { ReportPage.Section($0.question, map(of: $0)) }
        sections.append(.init("Questions", questionTable))
        let answered =
            analysis.answeredRightly.map { "; the model itself answers \(percent($0)) of them rightly" } ?? ""
        return ReportPage(
            title: "Which layers and heads attend to the answer",
            lead: "\(model), \(analysis.questions) \(analysis.questions == 1 ? "question" : "questions")\(answered).",
            sections: sections)
    }

    private var shares: HTML {
        let values = analysis.heads.map { $0.map(\.share) }
        let largest = max(analysis.evenShare, values.joined().max() ?? 0)
        return """
            <p>The share of a window's attention that falls on the passage that answers: \(percent(analysis.evenShare)) if all \
            passages had the same.</p>
            \(HeadMap(title: "Share for each head", values: values, range: 0...max(largest, 1e-9)).html)
            """
    }

    private var layerTable: HTML {
        let rows = analysis.layers.enumerated().map { layer, part -> [HTML] in
            let heads = analysis.heads[layer]
            let best = heads.indices.max { heads[$0].share < heads[$1].share }
            return [
                "\(layer)", "\(percent(part.share))", "\(HTML.decimal(part.rank, digits: 1))",
                "\(HTML.decimal(part.top1, digits: 2))",
                "\(best.map { "\($0): \(percent(heads[$0].share))" } ?? "–")",
                "\(part.correlation.map { HTML.decimal($0, digits: 2) } ?? "–")",
            ]
        }
        return ReportTable(
            [
                .number("Layer"), .number("Share"), .number("Mean place"), .number("Ranked first"),
                .number("Best head"), .number("Correlation"),
            ], rows: rows
        ).html
    }

    private var correlations: HTML {
        let values = analysis.heads.map { $0.map { $0.correlation ?? 0 } }
        return """
            <p>Correlation of a head's share with whether the model's own answer is right. With few questions, large values \
            come by chance.</p>
            \(HeadMap(title: "Correlation for each head", values: values, range: -1...1, scale: .success).html)
            """
    }

    private func map(of view: AttentionView) -> HTML {
        let rows = HeatMap.Axis("question", labels: view.rows)
        let passages = HeatMap(
            title: "Passages of the window; the marked ones are kept", rows: rows,
            columns: .init("passage", labels: view.passages), values: view.passageValues, scale: .intensity,
            markedColumns: view.keptPassages.map { $0..<$0 + 1 })
        let tokens = HeatMap(
            title: "Tokens around the answer; the marked ones are kept", rows: rows,
            columns: .init("token", labels: view.tokens), values: view.tokenValues, scale: .intensity,
            markedColumns: view.keptTokens, cell: (width: 16, height: 16))
        return passages.html + tokens.html
    }

    private var questionTable: HTML {
        let rows = readings.map { reading -> [HTML] in
            let best = reading.layerRanks.min() ?? 0
            return [
                "\(reading.question)<div class=\"note\">\(reading.id)</div>", "\(reading.passages)", "\(best)",
                "\(reading.isCorrect.map { $0 ? "right" : "wrong" } ?? "–")",
            ]
        }
        return ReportTable(
            [.text("Question"), .number("Passages"), .number("Best layer's place"), .text("Own answer")], rows: rows
        ).html
    }

    private func percent(_ share: Double) -> String { HTML.decimal(100 * share, digits: 1) + " %" }
}
