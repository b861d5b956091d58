/// How mail writes bytes as ASCII characters.
enum MailEncoding {
    /// The text of bytes in a character set that a message names; nil or one that is not known has it found out.
    static func text(of bytes: [UInt8], charset: String?) -> [UInt8] {
        // Who writes in nothing but ASCII says so; who says so may write more.
        let name = charset.flatMap { $0.lowercased() == "us-ascii" ? nil : $0 }
        var decoder = TextDecoder(name.flatMap { TextEncoding(named: $0) })
        return decoder.push(bytes) + decoder.finish()
    }

    /// The bytes of a body, by its `Content-Transfer-Encoding`.
    static func decoded(_ body: [UInt8], _ encoding: String) -> [UInt8] {
        switch encoding {
        case "base64": base64(body)
        case "quoted-printable": quotedPrintable(body)
        default: body
        }
    }

    /// Base64 (RFC 4648), whatever stands between its characters.
    static func base64(_ text: some Collection<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var (bits, count) = (UInt32(0), 0)
        for byte in text {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case UInt8(ascii: "="):
                (bits, count) = (0, 0)
                continue
            default: continue
            }
            bits = (bits << 6 | UInt32(value)) & 0xFF_FFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    /// Quoted-printable (RFC 2045): `=E9`, and `=` at the end of a line that goes on.
    static func quotedPrintable(_ text: [UInt8]) -> [UInt8] {
        unescaped(text[...], mark: UInt8(ascii: "="))
    }

    /// Bytes with two hexadecimal digits behind a mark as what they stand for.
    static func unescaped(_ text: ArraySlice<UInt8>, mark: UInt8) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            guard byte == mark else {
                bytes.append(byte)
                continue
            }
            let pair = text[index...].prefix(2)
            if pair.count == 2, let value = UInt8(String(decoding: pair, as: UTF8.self), radix: 16) {
                bytes.append(value)
                index += 2
                continue
            }
            let rest = text[index...].prefix(80).drop { $0.isBlank }
            if mark == UInt8(ascii: "="), rest.first == .lineFeed {
                index = rest.startIndex + 1
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// A header's value with its encoded words decoded: `=?UTF-8?Q?Caf=C3=A9?=` (RFC 2047).
    static func words(of value: [UInt8]) -> String {
        var text: [UInt8] = []
        var rest = value[...]
        var isBehindWord = false
        while let start = rest.range(of: Array("=?".utf8)) {
            let before = rest[..<start.lowerBound]
            guard let (word, end) = word(rest[start.lowerBound...]) else {
                text += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
                isBehindWord = false
                continue
            }
            // Blanks between encoded words are none of the text.
            if !isBehindWord || !before.allSatisfy(\.isWhitespace) { text += before }
            text += word
            rest = rest[end...]
            isBehindWord = true
        }
        return String(
            decoding: self.text(of: text + rest, charset: nil).map { $0.isWhitespace ? 0x20 : $0 }, as: UTF8.self)
    }

    private static func word(_ text: ArraySlice<UInt8>) -> (text: [UInt8], end: Int)? {
        let mark = UInt8(ascii: "?")
        let parts = text.prefix(2_000).split(separator: mark, maxSplits: 4, omittingEmptySubsequences: false)
        // "=", character set, encoding, text, "=…"
        guard parts.count == 5, parts[4].first == UInt8(ascii: "="), !parts[1].isEmpty, parts[2].count == 1,
            let encoding = parts[2].first
        else { return nil }
        let charset = String(decoding: parts[1].prefix { $0 != UInt8(ascii: "*") }, as: UTF8.self)
        let bytes: [UInt8]
        switch encoding {
        case UInt8(ascii: "B"), UInt8(ascii: "b"): bytes = base64(parts[3])
        case UInt8(ascii: "Q"), UInt8(ascii: "q"):
            bytes = unescaped(parts[3].map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }[...], mark: UInt8(ascii: "="))
        default: return nil
        }
        return (self.text(of: bytes, charset: charset), parts[4].startIndex + 1)
    }
}
