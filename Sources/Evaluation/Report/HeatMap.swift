/// A grid of values as colours, drawn as SVG. Each cell tells its place and value when mostAttendedSentence at.
package struct HeatMap: Sendable {
    /// What the colours say.
    package enum Scale: Sendable {
        /// Both ends matter: what failed stands out as much as what worked.
        case success
        /// Nothing, then more and more.
        case intensity
    }

    /// Rows or columns with what they are.
    package struct Axis: Sendable {
        package var title: String
        package var labels: [String]

        package init(_ title: String, labels: [String]) {
            self.title = title
            self.labels = labels
        }
    }

    package var title: String
    package var rows: Axis
    package var columns: Axis
    /// Row by row; nil where there is no value.
    package var values: [[Double?]]
    /// The values at the ends of the scale; values beyond take the ends' colours.
    package var range: ClosedRange<Double>
    package var scale: Scale
    /// Columns with a line under them: what was kept.
    package var markedColumns: [Range<Int>]
    /// Width and height of a cell.
    package var cell: (width: Double, height: Double)

    /// - Parameter cell: Nil fits the columns into the page's width.
    package init(
        title: String, rows: Axis, columns: Axis, values: [[Double?]], range: ClosedRange<Double> = 0...1,
        scale: Scale = .success, markedColumns: [Range<Int>] = [], cell: (width: Double, height: Double)? = nil
    ) {
        self.title = title
        self.rows = rows
        self.columns = columns
        self.values = values
        self.range = range
        self.scale = scale
        self.markedColumns = markedColumns
        let fitting = min(64, max(6, 860 / Double(max(1, columns.labels.count))))
        self.cell = cell ?? (fitting, min(30, max(14, fitting)))
    }

    /// A `figure` with the drawing.
    package var html: HTML {
        let left = 8 + 7 * Double(min(28, rows.labels.map(\.count).max() ?? 0)) + 18
        let labelsAreUpright = widestColumnLabel * 7 <= cell.width * Double(columnStep) - 4
        let top = (labelsAreUpright ? 18 : min(28, widestColumnLabel) * 5 + 12) + 18
        let gridWidth = cell.width * Double(columns.labels.count)
        let gridHeight = cell.height * Double(rows.labels.count)
        let width = left + gridWidth + (labelsAreUpright ? 12 : 60)
        let height = top + gridHeight + 12
        var drawing: HTML = """
            <text class="muted" x="\(left)" y="12">\(columns.title)</text>
            <text class="muted" x="\(left - 8)" y="\(top - 6)" text-anchor="end">\(rows.title)</text>

            """
        for (index, label) in columns.labels.enumerated() where index % columnStep == 0 {
            let x = left + cell.width * (Double(index) + 0.5)
            drawing +=
                labelsAreUpright
                ? "<text x=\"\(x)\" y=\"\(top - 6)\" text-anchor=\"middle\">\(Self.shortened(label))</text>\n"
                : "<text transform=\"translate(\(x + 3) \(top - 6)) rotate(-45)\">\(Self.shortened(label))</text>\n"
        }
        for (index, label) in rows.labels.enumerated() {
            let y = top + cell.height * (Double(index) + 0.5) + 4
            drawing += "<text x=\"\(left - 8)\" y=\"\(y)\" text-anchor=\"end\">\(Self.shortened(label))</text>\n"
        }
        for (row, line) in values.enumerated() where row < rows.labels.count {
            for (column, value) in line.enumerated() where column < columns.labels.count {
                drawing += drawn(value, row: row, column: column, left: left, top: top)
            }
        }
        for columns in markedColumns {
            let x = left + cell.width * Double(columns.lowerBound)
            drawing += """
                <rect class="mark" x="\(x)" y="\(top + gridHeight + 3)" width="\(cell.width * Double(columns.count))" height="3"/>

                """
        }
        return """
            <figure><figcaption>\(title)</figcaption>
            <svg viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="img" aria-label="\(title)">
            \(drawing)</svg></figure>

            """
    }

    private func drawn(_ value: Double?, row: Int, column: Int, left: Double, top: Double) -> HTML {
        let gap = cell.width > 10 ? 1.0 : 0
        let x = left + cell.width * Double(column)
        let y = top + cell.height * Double(row)
        func layer(_ name: String, opacity: Double = 1) -> HTML {
            """
            <rect class="\(name)" x="\(x)" y="\(y)" width="\(cell.width - gap)" height="\(cell.height - gap)" \
            fill-opacity="\(opacity)"/>
            """
        }
        let place = "\(rows.title) \(rows.labels[row]), \(columns.title) \(columns.labels[column])"
        guard let value, value.isFinite else {
            return "<g><title>\(place): no value</title>\(layer("empty"))</g>\n"
        }
        let share = min(1, max(0, (value - range.lowerBound) / max(1e-12, range.upperBound - range.lowerBound)))
        let number = HTML.decimal(value, digits: 2)
        var drawing = layer(scale == .success ? "low-layer" : "empty") + layer("high-layer", opacity: share)
        if cell.width >= 30, cell.height >= 16 {
            let ink = share > 0.5 ? "on-high" : scale == .success ? "on-low" : "muted"
            drawing += """
                <text class="\(ink)" x="\(x + cell.width / 2)" y="\(y + cell.height / 2 + 4)" text-anchor="middle">\(number)</text>
                """
        }
        return "<g><title>\(place): \(number)</title>\(drawing)</g>\n"
    }

    /// Every how many columns a label finds room.
    private var columnStep: Int { max(1, Int((16 / cell.width).rounded(.up))) }

    private var widestColumnLabel: Double { Double(columns.labels.map(\.count).max() ?? 0) }

    private static func shortened(_ label: String) -> String {
        label.count > 28 ? label.prefix(27) + "…" : label
    }
}
