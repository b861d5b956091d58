/// A page of HTML: its headings, paragraphs, items and rows as a person reads them, without scripts, styles and navigation.
struct HTMLBlocks: BlockParser {
    private let page: HTMLPage
    private let parser: HTMLPushParser

    /// - Parameter keepsTitle: Whether the page's title is a heading, where its first heading does not say the same.
    init(keepsTitle: Bool = true) {
        page = HTMLPage(keepsTitle: keepsTitle)
        parser = HTMLPushParser(page)
    }

    mutating func push(_ text: [UInt8]) -> [TextBlock] {
        parser.push(text)
        return page.take()
    }

    mutating func finish() -> [TextBlock] {
        parser.finish()
        return page.finish()
    }

    mutating func takeOmissions() -> [Omission] { page.takeOmissions() }

    /// Whether a text is a page of HTML: it begins as one, or is named as one and has tags.
    static func isOne(_ head: ArraySlice<UInt8>, name: String) -> Bool {
        var rest = String(decoding: head.prefix(TextBlock.headSize), as: UTF8.self)[...]
        let isNamed = [".html", ".htm", ".xhtml", ".xht"].contains { name.lowercased().hasSuffix($0) }
        if isNamed { return rest.contains("<") }
        while true {
            rest = rest.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
            if rest.hasPrefix("<!--"), let end = rest.range(ofFirst: "-->") {
                rest = rest[end...]
            } else if rest.hasPrefix("<?"), let end = rest.range(ofFirst: ">") {
                rest = rest[end...]
            } else {
                break
            }
        }
        let start = rest.prefix(longestStart).lowercased()
        return ["<!doctype html", "<html", "<head>", "<head ", "<body>", "<body "].contains { start.hasPrefix($0) }
    }

    private static let longestStart = 16
}

extension Substring {
    /// Just behind the first occurrence of a text.
    fileprivate func range(ofFirst text: String) -> Index? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(text) { return self.index(index, offsetBy: text.count) }
            formIndex(after: &index)
        }
        return nil
    }
}
