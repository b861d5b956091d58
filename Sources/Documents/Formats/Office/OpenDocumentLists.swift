/// The styles of lists in an OpenDocument file, as far as they say what stands before items.
struct OpenDocumentLists {
    private var formats: [String: [Int: (format: String, suffix: String)]] = [:]
    private var style: String?

    mutating func open(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "list-style": style = attributes["name"]
        case "list-level-style-number":
            guard let style, let level = attributes.number("level"), let format = attributes["num-format"] else {
                return
            }
            formats[style, default: [:]][level] = (format, attributes["num-suffix"] ?? ".")
        default: break
        }
    }

    mutating func close(_ name: String) { if name == "list-style" { style = nil } }

    /// - Parameter level: From 1.
    func mark(_ style: String?, level: Int, _ number: Int) -> String {
        guard let (format, suffix) = style.flatMap({ formats[$0]?[level] }), !format.isEmpty else { return "- " }
        return "\(ListNumber.text(number, format: format))\(suffix.isEmpty ? "." : suffix) "
    }
}
