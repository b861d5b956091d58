/// What the beginning of a page of markup says about its encoding.
enum DeclaredEncoding {
    /// Bytes at the start that are looked at.
    static let reach = 1 << 10

    /// The encoding of an XML declaration, or of a `meta` element: `<?xml version="1.0" encoding="koi8-r"?>`,
    /// `<meta charset="big5">`, `<meta http-equiv="Content-Type" content="text/html; charset=big5">`.
    static func find(in head: ArraySlice<UInt8>) -> TextEncoding? {
        let ascii = head.prefix(reach).map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }
        var rest = String(decoding: ascii, as: UTF8.self).lowercased()[...]
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
            let value = behind.dropFirst().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
            let name = value.prefix { !$0.isWhitespace && !"\"';?/".contains($0) }
            if let encoding = TextEncoding(named: String(name)) { return encoding }
        }
        return nil
    }
}
