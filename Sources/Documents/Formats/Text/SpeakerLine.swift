/// A line that begins what somebody says, in the forms in which chats are exported and interviews written down: `Ann:
/// Hello.`, `[2024-05-01 10:12] Ann: Hello.`, `01.05.24, 10:12 - Ann: Hello.`, `Ann (10:12): Hello.`, `<ann> Hello.`,
/// `**User:** Hello.`, `Ann, [01.05.24 10:12]` or `Ann  10:12 AM` above the text.
struct SpeakerLine {
    /// The name as it is written.
    let speaker: [UInt8]
    /// When it was said, as it is written.
    let time: String?
    /// What is said on the line.
    let said: ArraySlice<UInt8>

    /// - Returns: Nil where the line begins nothing.
    init?(_ line: ArraySlice<UInt8>) {
        // Marks of the direction of writing stand before lines of some exports.
        var line = line.drop(while: \.isBlank)
        while line.starts(with: [0xE2, 0x80, 0x8E]) || line.starts(with: [0xE2, 0x80, 0x8F]) {
            line = line.dropFirst(3)
        }
        let (rest, time) = Self.withoutTime(line)
        if let (name, said) = Self.inAngles(rest) {
            self.init(speaker: name, time: time, said: said)
        } else if let (name, stated, said) = Self.beforeColon(rest.drop(while: Self.isEmphasis)) {
            self.init(speaker: name, time: stated ?? time, said: said)
        } else if time == nil, let (name, time) = Self.aboveText(line) {
            self.init(speaker: name, time: time, said: [])
        } else {
            return nil
        }
    }

    private init(speaker: [UInt8], time: String?, said: ArraySlice<UInt8>) {
        self.speaker = speaker
        self.time = time
        self.said = said
    }

    /// Whether it is what exported chats call those who take part.
    var isRole: Bool { Self.isRole(speaker) }

    private static func isRole(_ name: [UInt8]) -> Bool {
        roles.contains(String(decoding: name, as: UTF8.self).lowercased())
    }

    private static let roles: Set<String> = [
        "user", "assistant", "system", "human", "ai", "bot", "chatbot", "model", "agent", "customer", "q", "a",
        "interviewer",
    ]

    /// Levels of a log, which stand where a name does.
    private static let levels: Set<String> = [
        "INFO", "WARN", "WARNING", "ERROR", "DEBUG", "TRACE", "FATAL", "CRITICAL", "NOTICE", "SEVERE",
    ]

    /// `Ann: Hello.`, `Ann (10:12): Hello.`
    private static func beforeColon(_ text: ArraySlice<UInt8>) -> (
        name: [UInt8], time: String?, said: ArraySlice<UInt8>
    )? {
        let nameEnd = text.prefix(longestName + 1).firstIndex { ":([".utf8.contains($0) }
        guard let nameEnd else { return nil }
        var name = text[..<nameEnd]
        var rest = text[nameEnd...]
        var time: String?
        if rest.first != UInt8(ascii: ":") {
            let isRound = rest.first == UInt8(ascii: "(")
            guard let close = rest.prefix(longestTime).firstIndex(of: isRound ? UInt8(ascii: ")") : UInt8(ascii: "]"))
            else { return nil }
            let inner = rest[(rest.startIndex + 1)..<close]
            if isTime(inner) {
                time = String(decoding: inner, as: UTF8.self)
            } else {
                // "Ann (host): Hello."
                guard isRound, inner.allSatisfy({ isOfNames($0) }) else { return nil }
                name = text[...close]
            }
            rest = rest[(close + 1)...].drop(while: \.isBlank)
        }
        guard rest.first == UInt8(ascii: ":") else { return nil }
        let said = rest.dropFirst()
        guard said.first.map({ $0.isWhitespace || isEmphasis($0) }) != false, let speaker = self.name(name) else {
            return nil
        }
        return (speaker, time, said)
    }

    /// `<ann> Hello.`
    private static func inAngles(_ text: ArraySlice<UInt8>) -> (name: [UInt8], said: ArraySlice<UInt8>)? {
        guard text.first == UInt8(ascii: "<"), let close = text.prefix(longestName).firstIndex(of: UInt8(ascii: ">")),
            text[(close + 1)...].first?.isBlank == true
        else { return nil }
        let name = text[(text.startIndex + 1)..<close].drop { "@+%~& ".utf8.contains($0) }
        let isName = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isDigit || "_-[]\\`^{}|.".utf8.contains($0) }
        return isName ? (Array(name), text[(close + 1)...]) : nil
    }

    /// `Ann, [01.05.24 10:12]`, `Ann  10:12 AM`, alone on a line.
    private static func aboveText(_ text: ArraySlice<UInt8>) -> (name: [UInt8], time: String)? {
        let text = text.trimmed
        guard text.count <= longestName + longestTime else { return nil }
        if text.last == UInt8(ascii: "]"), let open = text.lastIndex(of: UInt8(ascii: "[")) {
            let inner = text[(open + 1)...].dropLast()
            guard isTime(inner),
                let name = name(text[..<open].trimmed.reversed().drop { $0 == UInt8(ascii: ",") }.reversed())
            else { return nil }
            return (name, String(decoding: inner, as: UTF8.self))
        }
        // Two blanks or a dash part a name from a time.
        for mark in ["  ", " — ", " – "] {
            guard let gap = text.range(of: Array(mark.utf8)) else { continue }
            let time = text[gap.upperBound...].trimmed
            let hour = time.suffix(8)
            guard isTime(hour) || isTime(time), time.count <= longestTime, let name = name(text[..<gap.lowerBound])
            else { return nil }
            return (name, String(decoding: time, as: UTF8.self))
        }
        return nil
    }

    /// The name that a text is, without emphasis around it.
    private static func name(_ text: some BidirectionalCollection<UInt8>) -> [UInt8]? {
        let name = Array(text.reversed().drop { isEmphasis($0) || $0.isBlank }.reversed())
        guard let first = name.first, name.count <= longestName, name.allSatisfy(isOfNames) else { return nil }
        if let word = name.split(separator: 0x20).first, levels.contains(String(decoding: word, as: UTF8.self)) {
            return nil
        }
        return first.isCapitalLetter || first >= 0x80 || first == UInt8(ascii: "@") || isRole(name) ? name : nil
    }

    private static func isOfNames(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || " .-_'@()".utf8.contains(byte)
    }

    private static func isEmphasis(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_") }

    /// Whether it is a time of day, with a date or without.
    private static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count(where: \.isDigit) >= 3, text.contains(UInt8(ascii: ":")), text.count(where: \.isLetter) <= 5
        else { return false }
        return text.allSatisfy { $0.isDigit || $0.isLetter || $0.isBlank || ",.:/-".utf8.contains($0) }
    }

    /// A line without the date and time before a name: digits and their punctuation, in brackets or with a dash behind.
    private static func withoutTime(_ line: ArraySlice<UInt8>) -> (rest: ArraySlice<UInt8>, time: String?) {
        guard let first = line.first, first.isDigit || first == UInt8(ascii: "[") else { return (line, nil) }
        var rest = line
        var time: ArraySlice<UInt8>
        if first == UInt8(ascii: "[") {
            guard let end = rest.prefix(longestTime).firstIndex(of: UInt8(ascii: "]")) else { return (line, nil) }
            time = rest[(rest.startIndex + 1)..<end]
            rest = rest[(end + 1)...]
        } else {
            rest = rest.drop { $0.isDigit || $0.isBlank || ",.:/-".utf8.contains($0) }
            if ["AM", "PM", "am", "pm"].contains(where: { rest.starts(with: $0.utf8) }),
                rest.dropFirst(2).first?.isLetter == false
            {
                rest = rest.dropFirst(2)
            }
            time = line[..<rest.startIndex]
        }
        time = time.trimmed
        // Columns of numbers are a log's.
        if time.range(of: [0x20, 0x20]) != nil { return (line, nil) }
        while time.last == UInt8(ascii: "-") { time = time.dropLast().trimmed }
        let isStated = time.count { $0.isDigit } >= 3 && time.count <= longestTime
        return (
            rest.drop { $0.isBlank || $0 == UInt8(ascii: "-") }, isStated ? String(decoding: time, as: UTF8.self) : nil
        )
    }

    /// Bytes of a name, and of a date and time, at most.
    private static let longestName = 40
    private static let longestTime = 40
}
