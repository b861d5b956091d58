/// The styles of a Word document, as far as they say what a paragraph is.
final class WordStyles: XMLContent {
    private struct Style {
        var name = ""
        var base: String?
        var outline: Int?
        var list: (number: String?, level: Int?) = (nil, nil)
    }

    private var styles: [String: Style] = [:]
    private var id: String?
    private var style = Style()

    func open(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "style":
            id = attributes["styleId"]
            style = Style()
        case "name": style.name = attributes["val"]?.lowercased() ?? ""
        case "basedOn": style.base = attributes["val"]
        case "outlineLvl": style.outline = attributes.number("val")
        case "numId": style.list.number = attributes["val"]
        case "ilvl": style.list.level = attributes.number("val")
        default: break
        }
    }

    func close(_ name: String) {
        guard name == "style", let id else { return }
        styles[id] = style
        self.id = nil
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) {}

    /// The level of a heading of a style, from 1; nil where it is none.
    func headingLevel(_ id: String) -> Int? {
        first(of: id) { style in
            if let outline = style.outline, (0..<9).contains(outline) { return outline + 1 }
            if style.name == "title" { return 1 }
            guard style.name.hasPrefix("heading ") else { return nil }
            return Int(style.name.dropFirst(8)).flatMap { (1...9).contains($0) ? $0 : nil }
        }
    }

    /// The list that paragraphs of a style are items of.
    func list(_ id: String) -> (number: String, level: Int)? {
        guard let number = first(of: id, { $0.list.number }) else { return nil }
        return (number, first(of: id) { $0.list.level } ?? 0)
    }

    /// What a style or one that it is based on says.
    private func first<Value>(of id: String, _ value: (Style) -> Value?) -> Value? {
        var next: String? = id
        for _ in 0..<Self.longestChain {
            guard let id = next, let style = styles[id] else { return nil }
            if let found = value(style) { return found }
            next = style.base
        }
        return nil
    }

    private static let longestChain = 12
}
