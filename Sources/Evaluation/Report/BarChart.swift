/// Values as bars with their intervals, drawn as SVG.
package struct BarChart: Sendable {
    package struct Bar: Sendable {
        package var label: String
        package var value: Double
        package var interval: ClosedRange<Double>?

        package init(_ label: String, _ value: Double, interval: ClosedRange<Double>? = nil) {
            self.label = label
            self.value = value
            self.interval = interval
        }
    }

    package var title: String
    package var bars: [Bar]
    /// The values at both ends of the scale.
    package var range: ClosedRange<Double>

    package init(title: String, bars: [Bar], range: ClosedRange<Double> = 0...1) {
        self.title = title
        self.bars = bars
        self.range = range
    }

    /// A `figure` with the drawing.
    package var html: HTML {
        let left = 12 + 7 * Double(min(32, bars.map(\.label.count).max() ?? 0))
        let length = 520.0
        let width = left + length + 130
        let height = 26 * Double(bars.count) + 22
        func place(_ value: Double) -> Double {
            let share = (value - range.lowerBound) / max(1e-12, range.upperBound - range.lowerBound)
            return left + length * min(1, max(0, share))
        }
        var drawing: HTML = ""
        for step in 0...4 {
            let value = range.lowerBound + (range.upperBound - range.lowerBound) * Double(step) / 4
            let x = place(value)
            drawing += """
                <line class="rule" x1="\(x)" y1="0" x2="\(x)" y2="\(height - 18)"/>\
                <text class="muted" x="\(x)" y="\(height - 4)" text-anchor="middle">\(HTML.decimal(value, digits: 2))</text>

                """
        }
        for (index, bar) in bars.enumerated() { drawing += drawn(bar, y: 26 * Double(index) + 4, left: left, place) }
        return """
            <figure><figcaption>\(title)</figcaption>
            <svg viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="img" aria-label="\(title)">
            \(drawing)</svg></figure>

            """
    }

    private func drawn(_ bar: Bar, y: Double, left: Double, _ place: (Double) -> Double) -> HTML {
        let label = bar.label.count > 32 ? bar.label.prefix(31) + "…" : bar.label
        var text = HTML.decimal(bar.value, digits: 3)
        var drawing: HTML = """
            <text x="\(left - 8)" y="\(y + 13)" text-anchor="end">\(label)</text>\
            <rect class="empty" x="\(left)" y="\(y)" width="\(place(range.upperBound) - left)" height="18" rx="3"/>\
            <rect class="high-layer" x="\(left)" y="\(y)" width="\(place(bar.value) - left)" height="18" rx="3"/>
            """
        if let interval = bar.interval {
            let bounds = [interval.lowerBound, interval.upperBound]
            text += "  (\(bounds.map { HTML.decimal($0, digits: 2) }.joined(separator: " – ")))"
            let (low, high) = (place(bounds[0]), place(bounds[1]))
            drawing += """
                <path class="whisker" d="M\(low) \(y + 9)H\(high)M\(low) \(y + 5)V\(y + 13)M\(high) \(y + 5)V\(y + 13)"/>
                """
        }
        let end = place(range.upperBound) + 8
        return """
            <g><title>\(bar.label): \(text)</title>\(drawing)<text x="\(end)" y="\(y + 13)">\(text)</text></g>

            """
    }
}
