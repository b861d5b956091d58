/// A conversation, as chats are exported and interviews are written down: a turn begins on a line with the speaker's name and
/// a colon, with a date or a time before it or not, and goes on up to the next one.
///
/// `Ann: Hello.`, `[2024-05-01 10:12] Ann: Hello.`, `01.05.24, 10:12 - Ann: Hello.`
struct Conversation: BlockParser {
    private var pending: ArraySlice<UInt8> = []
    /// Where the first line begins that has not been looked at.
    private var line = 0

    mutating func push(_ text: [UInt8]) -> [TextBlock] {
        pending.append(contentsOf: text)
        var blocks: [TextBlock] = []
        while let feed = pending[max(line, pending.startIndex)...].firstIndex(of: .lineFeed) {
            let start = max(line, pending.startIndex)
            if start > pending.startIndex, Self.speaker(ofLine: pending[start..<feed]) != nil {
                blocks.append(turn(upTo: start, continues: false))
            }
            line = feed + 1
        }
        while pending.count > TextBlock.longestStretch {
            blocks.append(turn(upTo: pending.startIndex + TextBlock.longestStretch, continues: true))
        }
        return blocks
    }

    mutating func finish() -> [TextBlock] {
        let start = max(line, pending.startIndex)
        var blocks: [TextBlock] = []
        if start > pending.startIndex, start < pending.endIndex, Self.speaker(ofLine: pending[start...]) != nil {
            blocks.append(turn(upTo: start, continues: false))
        }
        return pending.isEmpty ? blocks : blocks + [turn(upTo: pending.endIndex, continues: false)]
    }

    private mutating func turn(upTo end: Int, continues: Bool) -> TextBlock {
        let block = TextBlock(.turn, text: Array(pending[..<end]), start: pending.startIndex, continues: continues)
        pending = pending[end...]
        return block
    }

    /// Whether nearly every line of a text begins a turn, and its speakers speak more than once.
    static func isOne(_ head: ArraySlice<UInt8>) -> Bool {
        let lines = head.split(separator: .lineFeed).filter { !$0.allSatisfy(\.isWhitespace) }
        let speakers = lines.compactMap(speaker)
        return speakers.count >= 4 && 5 * speakers.count >= 4 * lines.count && 2 * Set(speakers).count <= speakers.count
    }

    /// The speaker with whose name a line begins.
    private static func speaker(ofLine line: ArraySlice<UInt8>) -> [UInt8]? {
        let rest = withoutTime(line.drop(while: \.isBlank))
        guard let colon = rest.prefix(longestName + 1).firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = rest[..<colon]
        let behind = rest[(colon + 1)...].first
        let isName =
            name.first.map { $0.isCapitalLetter || $0 >= 0x80 || $0 == UInt8(ascii: "@") } == true
            && name.allSatisfy { $0.isLetter || $0.isDigit || isOfNames($0) }
        return isName && behind.map(\.isWhitespace) != false ? Array(name) : nil
    }

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
