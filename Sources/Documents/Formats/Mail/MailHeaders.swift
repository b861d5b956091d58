/// The header lines of a message or of a part of it (RFC 5322, RFC 2045).
struct MailHeaders {
    private var fields: [(name: String, value: [UInt8])] = []

    /// - Parameter bytes: The lines before the first blank one.
    init(_ bytes: [UInt8]) {
        for line in bytes.split(separator: .lineFeed).prefix(Self.mostFields) {
            if line.first?.isBlank == true, !fields.isEmpty {
                fields[fields.count - 1].value += [0x20] + line.trimmed
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                fields.append(
                    (
                        String(decoding: line[..<colon].trimmed, as: UTF8.self).lowercased(),
                        Array(line[(colon + 1)...].trimmed)
                    ))
            }
        }
    }

    /// Lines that are read.
    private static let mostFields = 2_000

    /// What a field says, as people read it; nil where it is not there.
    func text(_ name: String) -> String? {
        fields.first { $0.name == name }.map { MailEncoding.words(of: $0.value) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What a field says before its parameters, in small letters: `text/plain`.
    func word(_ name: String) -> String? {
        fields.first { $0.name == name }.map {
            String(decoding: $0.value.prefix { $0 != UInt8(ascii: ";") }.trimmed, as: UTF8.self).lowercased()
        }
    }

    /// A parameter of a field: `charset`, `boundary`, `filename` (RFC 2231).
    func parameter(_ name: String, of field: String) -> String? {
        guard let value = fields.first(where: { $0.name == field })?.value else { return nil }
        let parameters = Self.parameters(value)
        if let plain = parameters[name] { return MailEncoding.words(of: plain) }
        var whole: [UInt8] = []
        var isEncoded = false
        if let one = parameters[name + "*"] {
            (whole, isEncoded) = (one, true)
        } else {
            for number in 0..<100 {
                if let part = parameters["\(name)*\(number)*"] {
                    whole += part
                    isEncoded = true
                } else if let part = parameters["\(name)*\(number)"] {
                    whole += part
                } else {
                    break
                }
            }
        }
        guard !whole.isEmpty else { return nil }
        guard isEncoded else { return MailEncoding.words(of: whole) }
        let pieces = whole.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        let charset = pieces.count == 3 ? String(decoding: pieces[0], as: UTF8.self) : nil
        let bytes = MailEncoding.unescaped(pieces.last ?? [], mark: UInt8(ascii: "%"))
        return String(decoding: MailEncoding.text(of: bytes, charset: charset), as: UTF8.self)
    }

    private static func parameters(_ value: [UInt8]) -> [String: [UInt8]] {
        var parameters: [String: [UInt8]] = [:]
        var piece: [UInt8] = []
        var isQuoted = false
        func add() {
            guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else { return }
            let name = String(decoding: piece[..<equals].trimmed, as: UTF8.self).lowercased()
            if parameters.count < 100, parameters[name] == nil {
                parameters[name] = Array(piece[(equals + 1)...].trimmed)
            }
        }
        for byte in value {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == UInt8(ascii: ";"), !isQuoted {
                add()
                piece = []
            } else {
                piece.append(byte)
            }
        }
        add()
        return parameters
    }

    /// Whether a text begins with the header lines of a message.
    /// - Parameter isNamed: Whether its name says so.
    static func begin(_ head: ArraySlice<UInt8>, isNamed: Bool) -> Bool {
        var found: Set<String> = []
        for line in head.split(separator: .lineFeed, omittingEmptySubsequences: false) {
            if line.allSatisfy(\.isWhitespace) { break }
            if line.first?.isBlank == true, !found.isEmpty { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy({ (0x21...0x7E).contains($0) })
            else {
                // The head may end within a line.
                if line.endIndex == head.endIndex { break }
                return false
            }
            found.insert(String(decoding: line[..<colon], as: UTF8.self).lowercased())
        }
        let known = found.intersection([
            "from", "to", "date", "subject", "message-id", "received", "mime-version", "return-path", "delivered-to",
            "content-type",
            "cc", "reply-to", "x-mailer", "user-agent", "in-reply-to", "references",
        ])
        return known.count >= (isNamed ? 1 : 3) && (isNamed || known.contains("from"))
    }
}
