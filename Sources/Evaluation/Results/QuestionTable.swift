/// Every question with what was expected, kept and answered.
struct QuestionTable {
    var rows: [EvaluationRow]
    var metrics: [String]
    /// Characters of a question's evidence that are shown; `rows.jsonl` has all.
    var longestEvidence = 6_000

    var html: HTML {
        let columns: [ReportTable.Column] =
            [.text("Question"), .text("Expected, evidence and answer")] + metrics.map { .number($0) }
        return ReportTable(columns, rows: rows.map(cells)).html
    }

    private func cells(_ row: EvaluationRow) -> [HTML] {
        let parameters = row.parameters.sorted { $0.key < $1.key }.map { name, value in
            "\(name) \(value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : HTML.decimal(value, digits: 2))"
        }
        let place = ([row.id] + parameters).joined(separator: " · ")
        let question: HTML = "\(cut(row.question, to: 600))<div class=\"note\">\(place)</div>"
        let values = metrics.map { name -> HTML in
            guard let value = row.metrics[name] else { return "–" }
            return value == 0 ? "<span class=\"low\">0</span>" : "\(HTML.decimal(value, digits: value == 1 ? 0 : 2))"
        }
        return [question, came(of: row)] + values
    }

    private func came(of row: EvaluationRow) -> HTML {
        var html: HTML = "\(cut(row.expected.joined(separator: " | "), to: 600))"
        if let reason = row.output.skipped { return html + "<p class=\"low\">skipped: \(reason)</p>" }
        var left = longestEvidence
        var pieces: [HTML] = []
        for piece in row.output.evidence where left > 0 {
            let range = piece.byteRange.map { "bytes \($0.lowerBound)–\($0.upperBound)" } ?? piece.place
            pieces.append("<blockquote title=\"\(range)\">\(cut(piece.text, to: left))</blockquote>")
            left -= piece.text.count
        }
        html += """
            <details><summary>\(row.output.evidence.count) pieces of evidence, \(row.output.evidenceTokens) tokens</summary>\
            \(pieces)</details>
            """
        if let answer = row.output.answer { html += "<p>→ \(cut(answer, to: 2_000))</p>" }
        return html
    }

    private func cut(_ text: String, to length: Int) -> String {
        let start = text.prefix(length)
        return start.endIndex == text.endIndex ? text : start + " …"
    }
}
