/// Logs: an entry begins on a line with a time or a level, and holds the lines behind it that have none, such as a
/// stack trace.
struct LogEntries: LineParser {
    var lines = LineSplitter()
    var blocks = LineBlocks()

    mutating func take(_ line: Line) {
        if !line.isContinuation, let start = LogTime(line.text) {
            var location: Location?
            if !start.text.isEmpty {
                location = Location()
                location?.time = start.text
            }
            blocks.begin(.record, location: location)
        }
        blocks.add(line)
    }

    /// Whether a text is a log: most of its lines begin an entry, or many do and the others look like what an entry
    /// goes on with.
    static func isOne(_ head: ArraySlice<UInt8>, name: String) -> Bool {
        var lines = head.split(separator: .lineFeed).filter { !$0.allSatisfy(\.isWhitespace) }
        if head.count >= TextBlock.headSize, lines.count > 1 { lines.removeLast() }
        let entries = lines.count { LogTime($0) != nil }
        let rest = lines.count { LogTime($0) == nil && $0.first?.isBlank != true }
        let name = name.lowercased()
        let isNamed = name.hasSuffix(".log") || name.contains(".log.") || name.hasSuffix("syslog")
        if isNamed { return entries > 0 && 4 * entries >= lines.count - entries }
        return entries >= 4 && lines.first.map { LogTime($0) != nil } == true && 5 * rest <= lines.count
    }
}

/// The time or level that an entry of a log begins with.
struct LogTime {
    /// The time as it is written; empty where there is none.
    let text: String

    /// - Parameter line: A line; nil where no entry begins with it.
    init?(_ line: ArraySlice<UInt8>) {
        let head = line.prefix(80)
        // A word or two may stand before the time: an address, a level, the priority of syslog.
        for start in Self.starts(head) {
            if let count = Self.length(head[start...]) {
                text = String(decoding: head[start..<start + count], as: UTF8.self)
                return
            }
        }
        guard Self.isLevel(head) else { return nil }
        text = ""
    }

    private static func starts(_ head: ArraySlice<UInt8>) -> [Int] {
        guard let first = head.first else { return [] }
        if first == UInt8(ascii: "[") || first == UInt8(ascii: "(") { return [head.startIndex + 1] }
        if first == UInt8(ascii: "<"), let end = head.prefix(6).firstIndex(of: UInt8(ascii: ">")) {
            // RFC 5424: a version behind the priority.
            let version = head[(end + 1)...].starts(with: "1 ".utf8) ? 2 : 0
            return [end + 1 + version]
        }
        var starts = [head.startIndex]
        // "127.0.0.1 - - [10/Oct/2000:13:55:36 -0700]"
        if let bracket = head.firstIndex(of: UInt8(ascii: "[")), head.distance(from: head.startIndex, to: bracket) > 3 {
            starts.append(bracket + 1)
        }
        // "I0502 10:12:13", "ERROR 2024-05-01 10:12", "ERROR: [..."
        if "IWEFD".utf8.contains(first), head.dropFirst().first?.isDigit == true {
            starts.append(head.startIndex + 1)
        } else if let level = level(head) {
            let behind = head.dropFirst(level).drop { $0.isBlank || ":|-[]".utf8.contains($0) }
            starts.append(behind.startIndex)
        }
        return starts
    }

    /// Bytes of a date with a time at the start, or of a time alone with fractions of seconds.
    private static func length(_ text: ArraySlice<UInt8>) -> Int? {
        for pattern in patterns {
            if let count = length(text, pattern) { return count }
        }
        return nil
    }

    /// `0` is a digit, `a` a letter, `_` a blank, `?` a digit or a blank, `T` what parts a date from a time, `.` a
    /// point or a comma with digits behind, `Z` an offset from UTC if there is one, `+` more digits; others stand for
    /// themselves.
    private static let patterns: [[UInt8]] = [
        "0000-00-00T00:00:00.Z", "0000-00-00T00:00Z", "0000/00/00_00:00:00.", "00/aaa/0000:00:00:00Z",
        "aaa_?0_00:00:00",
        "aaa_aaa_?0_00:00:00.", "00-00_00:00:00.", "0000_00:00:00.", "00/00/0000_00:00:00", "00.00.0000_00:00:00.",
        "00/00/00_00:00:00", "00-aaa-0000_00:00:00.", "00_aaa_0000_00:00:00.", "00000000-00:00:00.", "0000000000.+",
        "0000000000_",
        "00:00:00.", "    0.", "   00.", "  000.", " 0000.", "00000.", "0000-00-00_00-00-00",
    ].map { Array($0.utf8) }

    private static func length(_ text: ArraySlice<UInt8>, _ pattern: [UInt8]) -> Int? {
        var index = text.startIndex
        func byte() -> UInt8 { index < text.endIndex ? text[index] : 0 }
        for mark in pattern {
            switch mark {
            case UInt8(ascii: "0"): guard byte().isDigit else { return nil }
            case UInt8(ascii: "a"): guard byte().isLetter else { return nil }
            case UInt8(ascii: "_"): guard byte() == 0x20 || byte() == 0x09 else { return nil }
            case UInt8(ascii: "?"): guard byte().isDigit || byte() == 0x20 else { return nil }
            case UInt8(ascii: "T"): guard byte() == 0x20 || byte() == UInt8(ascii: "T") else { return nil }
            case UInt8(ascii: "."):
                if byte() == UInt8(ascii: ".") || byte() == UInt8(ascii: ",") {
                    let digits = text[(index + 1)...].prefix(while: \.isDigit).count
                    if digits > 0 { index += 1 + digits }
                } else if pattern.first == 0x20 {
                    return nil
                }
                continue
            case UInt8(ascii: "+"): continue
            case UInt8(ascii: "Z"):
                if byte() == UInt8(ascii: "Z") {
                    index += 1
                } else {
                    let rest = text[index...].drop { $0 == 0x20 }
                    let sign = rest.first.map { "+-".utf8.contains($0) } == true
                    let digits = rest.dropFirst().prefix { $0.isDigit || $0 == UInt8(ascii: ":") }
                    if sign, digits.count == 4 || digits.count == 5 { index = digits.endIndex }
                }
                continue
            default: guard byte() == mark else { return nil }
            }
            index += 1
        }
        // "12:30:45 is late" and "12:30:457" are other things.
        let count = index - text.startIndex
        guard !byte().isDigit, !byte().isSmallLetter else { return nil }
        return pattern.last == UInt8(ascii: "_") ? count - 1 : count
    }

    private static let levels = [
        "ERROR", "WARNING", "WARN", "INFO", "DEBUG", "TRACE", "FATAL", "CRITICAL", "NOTICE", "SEVERE", "VERBOSE",
    ]

    /// Bytes of a level at the start.
    private static func level(_ head: ArraySlice<UInt8>) -> Int? {
        levels.first { head.starts(with: $0.utf8) && head.dropFirst($0.utf8.count).first?.isLetter != true }?.utf8.count
    }

    /// Whether an entry begins with its level: `ERROR: …`, `[WARN] …`.
    private static func isLevel(_ head: ArraySlice<UInt8>) -> Bool {
        let isBracketed = head.first == UInt8(ascii: "[")
        let text = isBracketed ? head.dropFirst() : head
        guard let count = level(text) else { return false }
        let behind = text.dropFirst(count).drop(while: \.isBlank).first
        return isBracketed ? behind == UInt8(ascii: "]") : behind == UInt8(ascii: ":") || behind == UInt8(ascii: "[")
    }
}
