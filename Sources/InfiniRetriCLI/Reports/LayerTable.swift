import Evaluation

/// Layers and heads for people: a line for each layer.
enum LayerTable {
    static func text(of summary: LayerSummary) -> String {
        var text = "\(summary.questions) questions; share whose passage is ranked first\n"
        text += "layer  all heads               best heads\n"
        for (layer, value) in summary.layers.enumerated() {
            let bounds = summary.interval["layer \(layer)"] ?? []
            let interval = bounds.map { Quantity.fixed($0, digits: 2) }.joined(separator: ", ")
            text += SummaryTable.padded("\(layer)", to: 7)
            text += SummaryTable.padded("\(Quantity.fixed(value, digits: 3))  [\(interval)]", to: 24)
            text += best(summary.heads[layer]).map { "\($0.head): \(Quantity.fixed($0.value, digits: 3))" }
                .joined(separator: "  ")
            text += "\n"
        }
        return text + "chance \(Quantity.fixed(summary.overall["chance"] ?? 0, digits: 3))\n"
    }

    static func text(of analysis: AttentionAnalysis) -> String {
        var text = "\(analysis.questions) \(analysis.questions == 1 ? "question" : "questions")"
        if let right = analysis.answeredRightly {
            text += ", answered rightly by the model with the window before it: \(Quantity.fixed(right, digits: 2))"
        }
        text += "\nlayer  share   place  first  correlation  best heads by share\n"
        for (layer, part) in analysis.layers.enumerated() {
            text += SummaryTable.padded("\(layer)", to: 7)
            text += SummaryTable.padded(Quantity.fixed(part.share, digits: 3), to: 8)
            text += SummaryTable.padded(Quantity.fixed(part.rank, digits: 1), to: 7)
            text += SummaryTable.padded(Quantity.fixed(part.top1, digits: 2), to: 7)
            text += SummaryTable.padded(part.correlation.map { Quantity.fixed($0, digits: 2) } ?? "-", to: 13)
            text += best(analysis.heads[layer].map(\.share))
                .map { "\($0.head): \(Quantity.fixed($0.value, digits: 3))" }.joined(separator: "  ")
            text += "\n"
        }
        return text + "share if all passages had the same: \(Quantity.fixed(analysis.evenShare, digits: 3))\n"
    }

    private static func best(_ values: [Double]) -> [(head: Int, value: Double)] {
        values.enumerated().map { (head: $0.offset, value: $0.element) }
            .sorted { ($0.value, $1.head) > ($1.value, $0.head) }.prefix(3).map { $0 }
    }
}
