/// What the beginning of a page of markup says about its encoding.
enum DeclaredEncoding {
    /// Bytes at the start that are looked at.
    static let reach = 1 << 10

    /// The encoding of an XML declaration, or of a `meta` element: `<?xml version="1.0" encoding="koi8-r"?>`,
    /// `<meta charset="big5">`, `<meta http-equiv="Content-Type" content="text/html; charset=big5">`.
    static func find(in head: ArraySlice<UInt8>) -> TextEncoding? {
        let text = String(decoding: head.prefix(reach).map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self).lowercased()
        var rest = text[...]
        while let open = rest.firstIndex(of: "<") {
            let element = rest[open...].prefix { $0 != ">" }
            rest = rest[element.endIndex...]
            let key = element.hasPrefix("<?xml") ? "encoding" : element.hasPrefix("<meta") ? "charset" : nil
            if let key, let name = value(of: key, in: element) { return name }
        }
        return nil
    }

    /// What stands behind the key and an equals sign.
    private static func value(of key: String, in element: Substring) -> TextEncoding? {
        var rest = element
        while let found = rest.range(of: key) {
            rest = rest[found.upperBound...]
            let behind = rest.drop { $0.isWhitespace }
            guard behind.first == "=" else { continue }
            let name = behind.dropFirst().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
                .prefix { !$0.isWhitespace && !"\"';?/".contains($0) }
            if let encoding = TextEncoding(named: String(name)) { return encoding }
        }
        return nil
    }
}
