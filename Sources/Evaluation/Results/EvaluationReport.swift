import Foundation

/// An evaluation for people: figures with intervals, groups, heat maps, settings and every question, as a page that stands
/// alone.
public struct EvaluationReport {
    private let title: String
    private let summary: EvaluationSummary
    private let rows: [EvaluationRow]
    private let settings: [String: String]
    private let grid: EvaluationGrid?

    /// Takes what a run left.
    public init(
        title: String, summary: EvaluationSummary, rows: [EvaluationRow], settings: [String: String],
        grid: EvaluationGrid?
    ) {
        self.title = title
        self.summary = summary
        self.rows = rows
        self.settings = settings
        self.grid = grid
    }

    /// The page.
    package var page: ReportPage {
        var sections = [ReportPage.Section("Figures", figures)]
        if let grid {
            let maps = ResultMaps(rows: judged, metrics: shares, grid: grid).html
            if !maps.markup.isEmpty { sections.append(.init("Map", maps)) }
        }
        if groups.count > 1 { sections.append(.init("Groups", groupTable)) }
        sections.append(.init("Settings", settingsList))
        sections.append(.init("Questions", QuestionTable(rows: rows, metrics: metrics).html))
        return ReportPage(title: title, lead: lead, sections: sections)
    }

    private var lead: String {
        let system = [settings["system"], settings["strategy"], settings["model"]].compactMap(\.self)
        var lead = "\(summary.questions) questions"
        if summary.skipped > 0 { lead += " (\(summary.skipped) more were skipped)" }
        return lead + ", put to: " + system.joined(separator: ", ") + "."
    }

    private var judged: [EvaluationRow] { rows.filter { $0.output.skipped == nil } }
    private var metrics: [String] { summary.overall.keys.filter { $0 != "evidenceTokens" }.sorted() }
    /// The metrics whose values lie between 0 and 1.
    private var shares: [String] {
        metrics.filter { name in judged.allSatisfy { (0...1).contains($0.metrics[name] ?? 0) } }
    }

    private var figures: HTML {
        var tiles = [tile("questions", "\(summary.questions)")]
        if summary.skipped > 0 { tiles.append(tile("skipped", "\(summary.skipped)")) }
        if let tokens = summary.overall["evidenceTokens"] {
            tiles.append(tile("evidence tokens, mean", HTML.decimal(tokens, digits: 0)))
        }
        if summary.passes.processedTokens > 0 {
            tiles.append(
                tile(
                    "tokens processed for each document token, in one pass",
                    HTML.decimal(summary.passes.processedPerDocumentToken, digits: 2)))
        }
        if let speed = summary.documentTokensPerSecond {
            tiles.append(tile("document tokens a second", HTML.grouped(Int(speed.rounded()))))
        }
        let bars = shares.map { name in
            let interval = summary.interval[name].flatMap { $0.count == 2 ? $0[0]...max($0[0], $0[1]) : nil }
            return BarChart.Bar(name, summary.overall[name] ?? 0, interval: interval)
        }
        let chart = bars.isEmpty ? "" : BarChart(title: "Means over all questions", bars: bars).html
        return """
            \(chart)<div class="tiles">\(tiles)</div>
            <p class="note">Intervals are 95 % bootstrap intervals over questions: how far a mean might move with other \
            questions of the same kind.</p>

            """
    }

    private func tile(_ name: String, _ value: String) -> HTML {
        "<div class=\"tile\"><b>\(value)</b><span>\(name)</span></div>"
    }

    private var groups: [(name: String, rows: [EvaluationRow])] {
        Dictionary(grouping: judged, by: \.group).map { (name: $0.key, rows: $0.value) }
            .sorted { $0.name.compare($1.name, options: .numeric) == .orderedAscending }
    }

    private var groupTable: HTML {
        let columns = [ReportTable.Column.text("Group"), .number("Questions")] + metrics.map { .number($0) }
        let cells = groups.map { group -> [HTML] in
            let values = EvaluationSummary.values(of: group.rows)
            return ["\(group.name)", "\(group.rows.count)"]
                + metrics.map { values[$0].map(Self.meanWithInterval) ?? "–" }
        }
        return ReportTable(columns, rows: cells).html
    }

    private static func meanWithInterval(_ values: [Double]) -> HTML {
        let mean = HTML.decimal(values.reduce(0, +) / Double(max(1, values.count)), digits: 3)
        guard let interval = Bootstrap.interval95(of: values) else { return "\(mean)" }
        let bounds = [interval.lowerBound, interval.upperBound].map { HTML.decimal($0, digits: 2) }
        return "\(mean) <span class=\"note\">\(bounds.joined(separator: " – "))</span>"
    }

    private var settingsList: HTML {
        "<dl>\(settings.sorted { $0.key < $1.key }.map { "<dt>\($0.key)</dt><dd>\($0.value)</dd>\n" as HTML })</dl>\n"
    }
}
