/// `eval layers` for people: a map of layers and heads, and the layers with their intervals.
struct LayerReport {
    var summary: LayerSummary
    var settings: [String: String]

    var page: ReportPage {
        ReportPage(
            title: "Passages ranked by layers and heads",
            lead:
                "Share of \(summary.questions) questions whose answering passage is ranked first in its window; by chance "
                + "\(HTML.decimal(summary.overall["chance"] ?? 0, digits: 3)).",
            sections: [
                .init("Heads", HeadMap(title: "Each head alone", values: summary.heads).html),
                .init("Layers", layers),
                .init(
                    "Settings",
                    "<dl>\(settings.sorted { $0.key < $1.key }.map { "<dt>\($0.key)</dt><dd>\($0.value)</dd>\n" as HTML })</dl>\n"
                ),
            ])
    }

    private var layers: HTML {
        BarChart(
            title: "All heads of a layer summed",
            bars: summary.layers.enumerated().map { layer, value in
                let bounds = summary.interval["layer \(layer)"] ?? []
                return BarChart.Bar(
                    "layer \(layer)", value, interval: bounds.count == 2 ? bounds[0]...max(bounds[0], bounds[1]) : nil)
            }
        ).html
    }
}

/// Values of all heads: a row for each layer, a column for each head.
struct HeadMap {
    var title: String
    /// For each layer and head.
    var values: [[Double]]
    var range: ClosedRange<Double> = 0...1
    var scale = HeatMap.Scale.intensity

    var html: HTML {
        HeatMap(
            title: title, rows: .init("layer", labels: values.indices.map(String.init)),
            columns: .init("head", labels: (0..<(values.map(\.count).max() ?? 0)).map(String.init)),
            values: values, range: range, scale: scale
        ).html
    }
}
