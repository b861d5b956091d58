/// Source code and configuration of any language: a block is a function, a type or another part that stands together,
/// with the comments and annotations before it. Parts are told by indentation, blank lines and what closes a part; no
/// language is known.
struct Code: LineParser {
    var lines = LineSplitter()
    var blocks = LineBlocks()
    /// The lines of the part that is open.
    private var part: [CodeLine] = []
    private var partCount = 0
    /// Whether a text or comment of several lines is open, and for how many lines.
    private var enclosed: (isComment: Bool, lines: Int)?

    mutating func take(_ line: Line) {
        let next = CodeLine(line, isEnclosed: enclosed != nil)
        follow(next)
        if beginsPart(next) { closePart(part.count) }
        part.append(next)
        partCount += line.text.count
        while part.count > 1, part.count > Self.longestPart || partCount > TextBlock.longestStretch {
            closePart(bestCut())
        }
    }

    mutating func end() { if !part.isEmpty { closePart(part.count) } }

    /// Lines of a part, about: a longer one is cut where it is least connected.
    private static let longestPart = 60

    private mutating func closePart(_ count: Int) {
        blocks.begin(.code)
        for line in part.prefix(count) {
            blocks.add(line.line)
            partCount -= line.line.text.count
        }
        part.removeFirst(count)
    }

    /// Follows comments and texts of several lines: what stands in them begins no part.
    private mutating func follow(_ line: CodeLine) {
        if let open = enclosed {
            let ends = open.isComment ? line.endsComment : line.togglesText
            enclosed = ends || open.lines > 200 ? nil : (open.isComment, open.lines + 1)
        } else if line.beginsComment {
            enclosed = line.endsComment ? nil : (true, 0)
        } else if line.togglesText {
            enclosed = (false, 0)
        }
    }

    /// Whether a line begins another part than the one that is open.
    private func beginsPart(_ next: CodeLine) -> Bool {
        guard let last = part.last, next.canBeginPart, next.indentation == 0 else { return false }
        // Comments and annotations belong to what follows.
        guard part.contains(where: { !$0.isBlank && !$0.isLead }) else { return false }
        if next.isSection { return true }
        let hasBody = part.contains { !$0.isBlank && $0.indentation > 0 }
        let count = part.count { !$0.isBlank }
        if last.isBlank { return hasBody || count > 1 || next.isLead }
        // Without a blank line: behind the end of a body that is long enough to stand for itself.
        return hasBody && count > 3 && (last.indentation > 0 || last.isCloser)
            && !(last.isLead && last.indentation == 0)
    }

    /// Where a part is cut that is too long: before the least indented line behind a blank line, the last of these;
    /// else before the least indented one.
    private func bestCut() -> Int {
        let candidates = part.indices.dropFirst().filter { part[$0].canBeginPart && !part[$0 - 1].isLead }
        let near = candidates.filter { $0 >= Self.longestPart / 4 }
        let parted = near.filter {
            part[$0 - 1].isBlank || part[$0 - 1].isCloser && part[$0].indentation <= part[$0 - 1].indentation
        }
        for places in [parted, near, candidates] {
            if let least = places.map({ part[$0].indentation }).min(),
                let cut = places.last(where: { part[$0].indentation == least })
            {
                return cut
            }
        }
        return max(1, part.count - 1)
    }
}

/// What is to be known of a line of code.
private struct CodeLine {
    let line: Line
    let isBlank: Bool
    let indentation: Int
    /// Whether it belongs to what follows: a comment, an annotation.
    let isLead: Bool
    /// Whether it ends what stands before it.
    let isCloser: Bool
    /// Whether a part may begin with it.
    let canBeginPart: Bool
    /// Whether it names a part of a file of settings: `[section]`.
    let isSection: Bool
    let beginsComment: Bool
    let endsComment: Bool
    /// Whether a text of several lines begins or ends on it.
    let togglesText: Bool

    init(_ line: Line, isEnclosed: Bool) {
        let text = line.trimmed.prefix(200)
        let second = text.dropFirst().first
        self.line = line
        isBlank = text.isEmpty
        indentation = line.indentation
        beginsComment = !isEnclosed && Self.begins(text, Self.commentStarts)
        endsComment = Self.commentEnds.contains { text.range(of: $0) != nil }
        togglesText = Self.quotes.contains { Self.count($0, in: text) % 2 == 1 }
        isLead =
            isEnclosed && !text.isEmpty || Self.begins(text, Self.leads) && !Self.begins(text, Self.statements)
            || text.first == UInt8(ascii: "*") && second?.isBlank != false
        isCloser =
            text.first.map { "})]".utf8.contains($0) } == true
            || Self.closers.contains(Array(text.prefix(9).prefix { $0.isLetter }))
        canBeginPart =
            !isBlank && !isCloser && !isEnclosed && !line.isContinuation && text.first != UInt8(ascii: "{")
        isSection =
            text.first == UInt8(ascii: "[") && text.last == UInt8(ascii: "]") && !text.contains(UInt8(ascii: ","))
    }

    private static func begins(_ text: ArraySlice<UInt8>, _ beginnings: [[UInt8]]) -> Bool {
        beginnings.contains { text.starts(with: $0) }
    }

    /// How often a mark stands in a text.
    private static func count(_ mark: [UInt8], in text: ArraySlice<UInt8>) -> Int {
        var (count, rest) = (0, text)
        while let found = rest.range(of: mark) {
            count += 1
            rest = rest[found.upperBound...]
        }
        return count
    }

    private static func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

    private static let commentStarts = bytes(["/*", "{-", "(*"])
    private static let commentEnds = bytes(["*/", "-}", "*)"])
    private static let quotes = bytes(["\"\"\"", "'''"])
    private static let leads =
        commentStarts + quotes + bytes(["//", "*/", "#", "--", ";;", "@", "%", "[<"])
    /// What begins as a comment does in other languages, and is none.
    private static let statements = bytes(
        ["#include", "#import", "#define", "#if", "#endif", "#else", "#pragma", "#!"])

    /// Words that go on with what stands before them.
    private static let closers = Set(
        bytes([
            "end", "else", "elif", "elsif", "elseif", "except", "finally", "catch", "rescue", "ensure", "then", "fi",
            "done",
            "esac", "where", "deriving", "and", "or", "in", "until", "END",
        ]))
}
