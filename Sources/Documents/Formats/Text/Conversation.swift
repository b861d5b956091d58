/// A conversation, as chats are exported and interviews are written down: a turn begins on a line with the speaker's name and
/// a colon, with a date or a time before it or not, and goes on up to the next one. A line of its own that dates or numbers what
/// follows is the heading of a session.
///
/// `Ann: Hello.`, `[2024-05-01 10:12] Ann: Hello.`, `01.05.24, 10:12 - Ann: Hello.`, `user: Hello.`, `**User:** Hello.`
struct Conversation: BlockParser {
    private var pending: ArraySlice<UInt8> = []
    /// Where the first line begins that has not been looked at.
    private var line = 0
    /// What looks like a speaker's name, but dates a session.
    private let dating: Set<[UInt8]>
    /// Where a line began that is a heading if a turn follows.
    private var heading: Int?
    private var isBehindBlankLine = true

    init(dating: Set<[UInt8]>) { self.dating = dating }

    mutating func push(_ text: [UInt8]) -> [TextBlock] {
        pending.append(contentsOf: text)
        var blocks: [TextBlock] = []
        while let feed = pending[max(line, pending.startIndex)...].firstIndex(of: .lineFeed) {
            let start = max(line, pending.startIndex)
            blocks += blocksBefore(pending[start..<feed])
            line = feed + 1
        }
        while pending.count > TextBlock.longestStretch {
            heading = nil
            blocks.append(block(.turn, upTo: pending.startIndex + TextBlock.longestStretch, continues: true))
        }
        return blocks
    }

    mutating func finish() -> [TextBlock] {
        let start = max(line, pending.startIndex)
        let blocks = start < pending.endIndex ? blocksBefore(pending[start...]) : []
        return pending.isEmpty ? blocks : blocks + [block(.turn, upTo: pending.endIndex, continues: false)]
    }

    /// The blocks that are complete where a line begins.
    private mutating func blocksBefore(_ text: ArraySlice<UInt8>) -> [TextBlock] {
        guard !text.allSatisfy(\.isWhitespace) else {
            isBehindBlankLine = true
            return []
        }
        defer { isBehindBlankLine = false }
        let speaker = Self.speaker(ofLine: text)
        if isBehindBlankLine, Self.isHeading(text), speaker.map(dating.contains) != false {
            heading = text.startIndex
            return []
        }
        guard speaker != nil else {
            heading = nil
            return []
        }
        var blocks: [TextBlock] = []
        for (kind, end) in [(TextBlock.Kind.turn, heading ?? text.startIndex), (.heading, text.startIndex)]
        where end > pending.startIndex {
            blocks.append(block(kind, upTo: end, continues: false))
        }
        heading = nil
        return blocks
    }

    private mutating func block(_ kind: TextBlock.Kind, upTo end: Int, continues: Bool) -> TextBlock {
        let block = TextBlock(kind, text: Array(pending[..<end]), start: pending.startIndex, continues: continues)
        pending = pending[end...]
        return block
    }

    /// Whether nearly every line of a text begins a turn, and its speakers speak more than once; or whether a person and a model take
    /// turns, whose answers may be long.
    static func isOne(_ head: ArraySlice<UInt8>) -> Bool {
        let lines = head.split(separator: .lineFeed).filter { !$0.allSatisfy(\.isWhitespace) }
        let speakers = lines.compactMap(speaker)
        let first = lines.first { !isHeading($0) }.flatMap(speaker)
        if first.map(isRole) == true, Set(speakers.filter(isRole)).count > 1 { return true }
        return speakers.count >= 4 && 5 * speakers.count >= 4 * lines.count && 2 * Set(speakers).count <= speakers.count
    }

    /// The names before colons behind which nothing but dates stand.
    static func dating(_ head: ArraySlice<UInt8>) -> Set<[UInt8]> {
        var (dating, speaking) = (Set<[UInt8]>(), Set<[UInt8]>())
        for line in head.split(separator: .lineFeed) {
            guard let name = speaker(ofLine: line) else { continue }
            if isHeading(line) { dating.insert(name) } else { speaking.insert(name) }
        }
        return dating.subtracting(speaking)
    }

    /// The speaker with whose name a line begins.
    private static func speaker(ofLine line: ArraySlice<UInt8>) -> [UInt8]? { turn(ofLine: line)?.speaker }

    /// The speaker with whose name a line begins, and what is said on it.
    private static func turn(ofLine line: ArraySlice<UInt8>) -> (speaker: [UInt8], said: ArraySlice<UInt8>)? {
        let rest = withoutTime(line.drop(while: \.isBlank)).drop(while: isEmphasis)
        guard let colon = rest.prefix(longestName + 1).firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = Array(rest[..<colon].reversed().drop(while: isEmphasis).reversed())
        let said = rest[(colon + 1)...]
        let isName =
            (name.first.map { $0.isCapitalLetter || $0 >= 0x80 || $0 == UInt8(ascii: "@") } == true || isRole(name))
            && name.allSatisfy { $0.isLetter || $0.isDigit || isOfNames($0) }
        return isName && said.first.map { $0.isWhitespace || isEmphasis($0) } != false ? (name, said) : nil
    }

    /// Whether it is what exported chats call those who take part.
    private static func isRole(_ name: [UInt8]) -> Bool {
        roles.contains(String(decoding: name, as: UTF8.self).lowercased())
    }

    private static let roles: Set<String> = [
        "user", "assistant", "system", "human", "ai", "bot", "chatbot", "model", "agent", "customer",
    ]

    private static func isEmphasis(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_") }

    /// Whether a line may be the heading of a session: short, and marked as one, or a date with few words.
    private static func isHeading(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= longestHeading, let first = line.first(where: { !$0.isBlank }) else { return false }
        if first == UInt8(ascii: "#") || first == UInt8(ascii: "=") { return true }
        // "Date: 3 May 2024", but not "[03.05.24, 10:12] Ann: Hello."
        let turn = turn(ofLine: line)
        let date = turn.map(\.said) ?? line
        return date.count(where: \.isDigit) >= 4 && date.count(where: \.isLetter) <= wordsOfDate
            && turn.map { line.drop(while: \.isBlank).starts(with: $0.speaker) } != false
    }

    /// Letters in a date, or beside it, at most: those of a weekday, a month and a word more.
    private static let wordsOfDate = 24

    /// Bytes of a heading at most.
    private static let longestHeading = 100

    /// Bytes of a name at most.
    private static let longestName = 40

    private static func isOfNames(_ byte: UInt8) -> Bool {
        [" ", ".", "-", "_", "'", "@", "(", ")"].contains { byte == UInt8(ascii: $0) }
    }

    /// A line without the date and time before a name: digits and their punctuation, in brackets or with a dash behind.
    private static func withoutTime(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = line.first, first.isDigit || first == UInt8(ascii: "[") else { return line }
        var rest = line
        if first == UInt8(ascii: "[") {
            guard let end = rest.prefix(longestTime).firstIndex(of: UInt8(ascii: "]")) else { return line }
            rest = rest[(end + 1)...]
        } else {
            rest = rest.drop { $0.isDigit || $0.isBlank || ",.:/-".utf8.contains($0) }
            if ["AM", "PM", "am", "pm"].contains(where: { rest.starts(with: $0.utf8) }),
                rest.dropFirst(2).first?.isLetter == false
            {
                rest = rest.dropFirst(2)
            }
        }
        return rest.drop { $0.isBlank || $0 == UInt8(ascii: "-") }
    }

    /// Bytes of a date and time at most.
    private static let longestTime = 40
}
