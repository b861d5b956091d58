/// Subtitles (SubRip, WebVTT): what is said, without numbers, times and tags, each cue found at its time. Cues join
/// to paragraphs of about a minute, up to a pause or another speaker.
struct Subtitles: BlockParser {
    private var lines = LineSplitter()
    private var blocks = MappedBlocks()
    private var state = State.between
    /// When the last cue ended and its paragraph began, in seconds.
    private var end: Double?
    private var paragraphStart = 0.0
    private var cue = Cue(start: 0, end: 0, time: "")
    /// Whether the last cue's text ended a sentence.
    private var isSentence = false

    private enum State {
        case between, text, note, style
    }

    private struct Cue {
        let start: Double
        let end: Double
        let time: String
        /// Whether no text of it was written yet.
        var isFirst = true
    }

    mutating func push(_ text: [UInt8]) -> [TextBlock] {
        for line in lines.push(text) { take(line) }
        return blocks.take()
    }

    mutating func finish() -> [TextBlock] {
        for line in lines.finish() { take(line) }
        blocks.close("\n\n")
        return blocks.take()
    }

    private mutating func take(_ line: Line) {
        let text = line.trimmed
        if let cue = Self.cue(ofLine: text) {
            self.cue = cue
            state = .text
            return
        }
        if text.isEmpty {
            state = state == .note ? endNote() : .between
            return
        }
        switch state {
        case .between:
            let word = String(decoding: text.prefix { $0.isCapitalLetter }, as: UTF8.self)
            if word == "NOTE" {
                state = .note
                blocks.close("\n\n")
                blocks.begin(.prose)
                end = nil
                write(text.dropFirst(4).trimmed)
            } else if ["STYLE", "REGION"].contains(word), word.utf8.count == text.count {
                state = .style
            }
        // Others are the number or the name of a cue, or the first line of the file.
        case .note: write(text)
        case .text: takeText(text)
        case .style: break
        }
    }

    private mutating func endNote() -> State {
        blocks.close("\n\n")
        return .between
    }

    private mutating func takeText(_ text: ArraySlice<UInt8>) {
        var text = text
        let speaker = Self.speaker(&text)
        let dash =
            text.starts(with: "- ".utf8) || text.starts(with: "-".utf8) && text.dropFirst().first?.isLetter == true
        if cue.isFirst || dash {
            let isPause = end.map { cue.start - $0 > Self.pause || cue.start < paragraphStart } ?? true
            let isLong =
                cue.start - paragraphStart > Self.paragraph
                && (isSentence || cue.start - paragraphStart > 2 * Self.paragraph)
            if cue.isFirst && (isPause || isLong) || dash || speaker != nil {
                blocks.close("\n\n")
                blocks.begin(speaker == nil ? .prose : .turn)
                paragraphStart = cue.start
            }
        }
        var location = Location()
        location.time = cue.time
        if blocks.isOpen, blocks.text.last?.isWhitespace == false { blocks.write(" ") }
        blocks.mark(location)
        if let speaker {
            blocks.copy(speaker, at: speaker.startIndex)
            blocks.write(": ")
        }
        write(text)
        cue.isFirst = false
        end = cue.end
        isSentence = text.last.map { ".!?".utf8.contains($0) } == true
    }

    /// Seconds without a cue that end a paragraph, and seconds of one, about.
    private static let pause = 4.0
    private static let paragraph = 60.0

    /// Writes a line without its tags, and with characters in place of what stands for them.
    private mutating func write(_ text: ArraySlice<UInt8>) {
        if blocks.isOpen, blocks.text.last?.isWhitespace == false, !text.isEmpty { blocks.write(" ") }
        var rest = text
        while let mark = rest.firstIndex(where: { "<{&".utf8.contains($0) }) {
            blocks.copy(rest[..<mark], at: rest.startIndex)
            rest = rest[mark...]
            if let tag = Self.tag(rest) {
                rest = rest.dropFirst(tag)
            } else if let (name, character) = Self.entities.first(where: { rest.starts(with: $0.0.utf8) }) {
                blocks.write(character, near: mark)
                rest = rest.dropFirst(name.utf8.count)
            } else {
                blocks.copy(rest.prefix(1), at: mark)
                rest = rest.dropFirst()
            }
        }
        blocks.copy(rest, at: rest.startIndex)
    }

    private static let entities = [
        ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""),
    ]

    /// Bytes of a tag at the start: `<i>`, `</c.red>`, `<00:01.000>`, `{\an8}`.
    private static func tag(_ text: ArraySlice<UInt8>) -> Int? {
        guard let first = text.first, let second = text.dropFirst().first else { return nil }
        let isTag = first == UInt8(ascii: "<") && (second.isLetter || second.isDigit || second == UInt8(ascii: "/"))
        guard isTag || first == UInt8(ascii: "{") && second == UInt8(ascii: "\\") else { return nil }
        let close = isTag ? UInt8(ascii: ">") : UInt8(ascii: "}")
        return text.prefix(200).firstIndex(of: close).map { $0 - text.startIndex + 1 }
    }

    /// The speaker whom a voice tag names: `<v Ann>`. It is taken from the text.
    private static func speaker(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard text.starts(with: "<v".utf8), let end = text.prefix(200).firstIndex(of: UInt8(ascii: ">")),
            let space = text[..<end].firstIndex(of: 0x20), space + 1 < end
        else { return nil }
        defer { text = text[(end + 1)...] }
        return text[(space + 1)..<end]
    }

    /// The cue whose times a line holds: `00:01:02,500 --> 00:01:04,000`.
    private static func cue(ofLine line: ArraySlice<UInt8>) -> Cue? {
        guard line.count < 200, line.first?.isDigit == true, line.contains(UInt8(ascii: ">")) else { return nil }
        let words = line.split(whereSeparator: \.isBlank)
        guard words.count >= 3, words[1].elementsEqual("-->".utf8), let start = seconds(words[0]),
            let end = seconds(words[2])
        else { return nil }
        let whole = Int(start.clamped(to: 0...359_999))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return Cue(start: start, end: end, time: "\(two(whole / 3_600)):\(two(whole / 60 % 60)):\(two(whole % 60))")
    }

    private static func seconds(_ text: ArraySlice<UInt8>) -> Double? {
        let parts = text.split(separator: UInt8(ascii: ":")).map {
            Double(String(decoding: $0.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }, as: UTF8.self))
        }
        guard (2...3).contains(parts.count) else { return nil }
        return parts.reduce(0) { sum, part in sum.flatMap { sum in part.map { 60 * sum + $0 } } }
    }

    /// Whether a text has cues at its beginning.
    static func isOne(_ head: ArraySlice<UInt8>) -> Bool {
        let lines = head.split(separator: .lineFeed, maxSplits: 200).map(\.trimmed)
        guard let first = lines.first(where: { !$0.isEmpty }) else { return false }
        if first.starts(with: "WEBVTT".utf8), first.dropFirst(6).first?.isBlank != false { return true }
        let cues = lines.indices.filter { cue(ofLine: lines[$0]) != nil }
        guard let cue = cues.first, cue <= 2 else { return false }
        return cue == 0 || lines[cue - 1].allSatisfy(\.isDigit) || cues.count > 1
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        isNaN ? range.lowerBound : min(max(self, range.lowerBound), range.upperBound)
    }
}
