/// A page that stands alone: no script, nothing fetched from anywhere, readable in light and dark.
package struct ReportPage: Sendable {
    /// A part of the page under a heading of its own.
    package struct Section: Sendable {
        package var title: String
        package var content: HTML

        package init(_ title: String, _ content: HTML) {
            self.title = title
            self.content = content
        }
    }

    package var title: String
    /// One or two sentences under the title.
    package var lead: String
    package var sections: [Section]

    package init(title: String, lead: String, sections: [Section]) {
        self.title = title
        self.lead = lead
        self.sections = sections
    }

    /// The whole file.
    package var html: HTML {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(title)</title>
        <style>
        \(ReportStyle.sheet)
        </style>
        </head>
        <body>
        <header><h1>\(title)</h1><p class="lead">\(lead)</p></header>
        <main>
        \(sections.map { "<section><h2>\($0.title)</h2>\n\($0.content)</section>\n" as HTML })</main>
        <footer>Written by infiniretri.</footer>
        </body>
        </html>

        """
    }
}
