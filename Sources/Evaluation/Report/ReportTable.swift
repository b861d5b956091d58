/// A table of a report.
package struct ReportTable: Sendable {
    package struct Column: Sendable {
        package var title: String
        /// Numbers stand to the right.
        package var isNumber: Bool

        package static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
        package static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    package var columns: [Column]
    /// A cell for each column.
    package var rows: [[HTML]]

    package init(_ columns: [Column], rows: [[HTML]]) {
        self.columns = columns
        self.rows = rows
    }

    package var html: HTML {
        let head = columns.map { "<th\(Self.style($0))>\($0.title)</th>" as HTML }
        let body = rows.map { cells in
            "<tr>\(zip(columns, cells).map { "<td\(Self.style($0))>\($1)</td>" as HTML })</tr>\n" as HTML
        }
        return "<table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)</tbody>\n</table>\n"
    }

    private static func style(_ column: Column) -> HTML { column.isNumber ? " class=\"number\"" : "" }
}
