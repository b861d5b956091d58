/// What an element of a page does to its text.
struct HTMLTag {
    enum Role: Equatable {
        /// Nothing: its text flows on.
        case inline
        /// A part of the page whose text stands by itself.
        case block
        case heading(Int)
        case list, numberedList, item
        case term, definition
        case table, tableHead, row, cell, headerCell
        case preformatted
        case lineBreak
        case image
        case title
        case link, superscript
        /// How the characters before it are read.
        case reading
        /// Scripts, styles, navigation: no text of the page.
        case leftOut
    }

    let name: String
    let role: Role
    /// Counts the elements of a name beside each other.
    let number: Int

    init(name: String, number: Int) {
        self.name = name
        self.number = number
        role = Self.roles[name] ?? .inline
    }

    private static let roles: [String: Role] = {
        var roles: [String: Role] = [
            "ul": .list, "menu": .list, "dir": .list, "dl": .list, "ol": .numberedList, "li": .item, "dt": .term,
            "dd": .definition, "table": .table, "thead": .tableHead, "tr": .row, "td": .cell, "th": .headerCell,
            "pre": .preformatted, "listing": .preformatted, "xmp": .preformatted, "br": .lineBreak, "img": .image,
            "title": .title, "a": .link, "sup": .superscript, "rt": .reading,
        ]
        for level in 1...6 { roles["h\(level)"] = .heading(level) }
        for name in [
            "html", "body", "p", "div", "address", "article", "aside", "blockquote", "caption", "center", "details",
            "dialog", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "main",
            "search", "section", "summary", "tbody", "tfoot", "noframes", "textarea",
        ] {
            roles[name] = .block
        }
        for name in [
            "head", "script", "style", "template", "noscript", "svg", "nav", "option", "optgroup", "datalist", "iframe",
            "audio", "video", "rp", "annotation", "annotation-xml",
        ] {
            roles[name] = .leftOut
        }
        return roles
    }()
}
