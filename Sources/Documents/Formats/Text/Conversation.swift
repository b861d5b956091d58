/// A conversation, as chats are exported and interviews are written down: a turn begins on a line with the speaker's
/// name, and goes on up to the next one. A line of its own that dates or numbers what follows is the heading of a
/// session.
struct Conversation: LineParser {
    var lines = LineSplitter()
    var blocks = LineBlocks()
    /// What looks like a speaker's name, but dates a session.
    private let dating: Set<[UInt8]>
    /// Lines that are a heading if a turn follows: the line, and blank ones behind it.
    private var heading: [Line] = []
    private var isBehindBlankLine = true

    init(dating: Set<[UInt8]>) {
        self.dating = dating
        blocks.begin(.turn)
    }

    mutating func take(_ line: Line) {
        if line.isBlank {
            isBehindBlankLine = true
            if heading.isEmpty || heading.count > 20 { addHeading(line) } else { heading.append(line) }
            return
        }
        defer { isBehindBlankLine = false }
        let turn = line.isContinuation ? nil : SpeakerLine(line.text)
        if isBehindBlankLine, !line.isContinuation, Self.isHeading(line.text),
            turn.map({ dating.contains($0.speaker) }) != false
        {
            addHeading(nil)
            heading = [line]
        } else if let turn {
            if !heading.isEmpty {
                blocks.begin(.heading)
                for line in heading { blocks.add(line) }
                heading = []
            }
            blocks.begin(.turn, location: turn.time.map(Self.location))
            blocks.add(line)
        } else {
            addHeading(line)
        }
    }

    mutating func end() { addHeading(nil) }

    /// What was kept as a heading is part of the turn, and so is the line.
    private mutating func addHeading(_ line: Line?) {
        for line in heading { blocks.add(line) }
        heading = []
        if let line { blocks.add(line) }
    }

    private static func location(_ time: String) -> Location {
        var location = Location()
        location.time = time
        return location
    }

    /// Whether nearly every line of a text begins a turn, and its speakers speak more than once; or whether a person
    /// and a model take turns, whose answers may be long.
    static func isOne(_ head: ArraySlice<UInt8>) -> Bool {
        let lines = head.split(separator: .lineFeed).filter { !$0.allSatisfy(\.isWhitespace) }
        let turns = lines.compactMap(SpeakerLine.init)
        if let first = lines.first(where: { !isHeading($0) }).flatMap(SpeakerLine.init), first.isRole,
            takeTurns(turns.filter(\.isRole))
        {
            return true
        }
        // What is said may stand on the line below the name.
        let saying = turns.count + turns.count { $0.said.isEmpty }
        let speakers = Set(turns.map(\.speaker)).count
        let part = Double(min(saying, lines.count)) / Double(max(lines.count, 1))
        // Times before names tell a chat even where people write several lines.
        return turns.count >= 4 && part >= (turns.allSatisfy { $0.time != nil } ? 0.4 : 0.8)
            && 2 * speakers <= turns.count
    }

    /// Whether roles answer each other. "Model: …", "System: …" and "User: …" may be a data sheet: somebody has to
    /// speak again, or the roles are in small letters, which only chats have.
    private static func takeTurns(_ turns: [SpeakerLine]) -> Bool {
        var speakers: [[UInt8]] = []
        for turn in turns where speakers.last != turn.speaker { speakers.append(turn.speaker) }
        let isSmall = turns.first?.speaker.first?.isSmallLetter == true
        return speakers.count > Set(speakers).count && speakers.count > 2 || isSmall && speakers.count > 1
    }

    /// The names before colons behind which nothing but dates stand.
    static func dating(_ head: ArraySlice<UInt8>) -> Set<[UInt8]> {
        var (dating, speaking) = (Set<[UInt8]>(), Set<[UInt8]>())
        for line in head.split(separator: .lineFeed) {
            guard let name = SpeakerLine(line)?.speaker else { continue }
            if isHeading(line) { dating.insert(name) } else { speaking.insert(name) }
        }
        return dating.subtracting(speaking)
    }

    /// Whether a line may be the heading of a session: short, and marked as one, or a date with few words.
    private static func isHeading(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= longestHeading, let first = line.first(where: { !$0.isBlank }) else { return false }
        if first == UInt8(ascii: "#") || first == UInt8(ascii: "=") { return true }
        // "Date: 3 May 2024", but not "[03.05.24, 10:12] Ann: Hello."
        let turn = SpeakerLine(line)
        let date = turn.map(\.said) ?? line
        return date.count(where: \.isDigit) >= 4 && date.count(where: \.isLetter) <= wordsOfDate
            && turn.map { line.drop(while: \.isBlank).starts(with: $0.speaker) } != false
    }

    /// Letters in a date, or beside it, at most: those of a weekday, a month and a word more.
    private static let wordsOfDate = 24

    /// Bytes of a heading at most.
    private static let longestHeading = 100
}
