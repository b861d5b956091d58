/// Writes what a JSON document holds as blocks.
///
/// A record is an object in a list, or a line of JSON Lines: its short values stand on one line, `name: Ann; city:
/// Ghent`. Outside of records each value has a line of its own. A long text is a paragraph behind a line with its
/// key, and what somebody said is a turn.
struct JSONWriter {
    private var blocks = MappedBlocks()
    private var frames: [Frame] = []
    /// The depth of the record that is open.
    private var record: Int?
    private var isKey = false
    /// A string that is not known to be long yet.
    private var value = MappedText()
    private var valueStart = 0
    private var isLong = false
    /// What the last value on the line belongs to: values of one list follow each other.
    private var lastLabel: (path: [UInt8], list: Int)?
    private var lists = 0
    private var lineStart = 0
    private let isLines: Bool

    /// An open container.
    private struct Frame {
        let isArray: Bool
        let number: Int
        var key = MappedText()
        var index = 0
        var hasHeading = false
        /// Who says what the object holds, and whether that was written.
        var speaker: (key: MappedText, name: MappedText)?
        var isSpeakerWritten = false
        var time: String?
        var isEmpty = true
    }

    init(isLines: Bool) { self.isLines = isLines }

    mutating func take() -> [TextBlock] { blocks.take() }

    mutating func finish() -> [TextBlock] {
        closeOpen()
        blocks.close("\n\n")
        return blocks.take()
    }

    // MARK: Containers

    mutating func begin(isArray: Bool, at source: Int) {
        if record == nil {
            if frames.isEmpty ? isLines : frames.last?.isArray == true {
                closeLine()
                writeHeading(at: source)
                record = frames.count
            } else if frames.count == 1 {
                closeLine()
            }
        }
        noteValue()
        value = MappedText()
        lists += 1
        frames.append(Frame(isArray: isArray, number: lists))
    }

    mutating func end(at source: Int) {
        guard let frame = frames.popLast() else { return }
        writeSpeaker(of: frame)
        if frame.isEmpty {
            var empty = MappedText()
            empty.write((frame.isArray ? "[]" : "{}").utf8, near: source)
            leaf(empty)
        }
        if frames.count == record {
            closeLine()
            record = nil
        } else if record == nil, frames.count == 1 {
            closeLine()
        }
        passElement()
    }

    /// Who speaks in an object that holds nothing said.
    private mutating func writeSpeaker(of frame: Frame) {
        guard let speaker = frame.speaker, !frame.isSpeakerWritten else { return }
        frames.append(frame)
        frames[frames.count - 1].key = speaker.key
        leaf(speaker.name)
        frames.removeLast()
    }

    private mutating func noteValue() {
        if !frames.isEmpty { frames[frames.count - 1].isEmpty = false }
    }

    /// A value of a container is complete.
    private mutating func passElement() {
        guard frames.last?.isArray == true else { return }
        frames[frames.count - 1].index += 1
    }

    /// The path of a list, before its first record.
    private mutating func writeHeading(at source: Int) {
        guard let last = frames.indices.last, !frames[last].hasHeading else { return }
        frames[last].hasHeading = true
        let path = label(from: 0)
        guard !path.isEmpty else { return }
        blocks.begin(.heading, level: frames.count(where: { !$0.isArray }))
        blocks.write(path, near: source)
        blocks.close("\n\n")
    }

    // MARK: Strings

    mutating func beginKey(at source: Int) {
        isKey = true
        noteValue()
        value = MappedText()
    }

    mutating func beginString(at source: Int) {
        isKey = false
        isLong = false
        value = MappedText()
        valueStart = source
        noteValue()
    }

    /// Text between escapes.
    mutating func string(_ text: ArraySlice<UInt8>, at source: Int) {
        if isLong {
            copyLong(text, at: source)
        } else if value.count + text.count > (isKey ? Self.longestKey : Self.longestValue)
            || !isKey && text.contains(.lineFeed)
        {
            guard !isKey else {
                // No key is that long: its beginning is enough to tell it by.
                value.copy(text.prefix(max(0, Self.longestKey - value.count)), at: source)
                return
            }
            beginLong()
            copyLong(text, at: source)
        } else {
            value.copy(text, at: source)
        }
    }

    /// A character that an escape stands for.
    mutating func character(_ bytes: [UInt8], at source: Int) {
        if !isKey, !isLong, bytes == [.lineFeed] || value.count > Self.longestValue { beginLong() }
        if isLong {
            breakParagraph(bytes)
            blocks.write(bytes, near: source)
        } else if value.count < Self.longestKey {
            value.write(bytes, near: source)
        }
    }

    /// - Returns: Whether the string was a key.
    mutating func endString() -> Bool {
        if isKey {
            if !frames.isEmpty { frames[frames.count - 1].key = value }
            return true
        }
        if isLong {
            blocks.close("\n\n")
            lastLabel = nil
            isLong = false
        } else if isSaid, !value.isEmpty {
            beginLong()
            blocks.close("\n\n")
            isLong = false
        } else if !holds(value) {
            if value.isEmpty { value.write("\"\"".utf8, near: valueStart) }
            leaf(value)
        }
        value = MappedText()
        passElement()
        return false
    }

    mutating func word(_ text: [UInt8], at source: Int) {
        noteValue()
        var value = MappedText()
        value.copy(text, at: source)
        noteTime(value)
        leaf(value)
        passElement()
        self.value = MappedText()
    }

    /// Bytes of a value that stands on a line with others, and of a key.
    private static let longestValue = 200
    private static let longestKey = 1_000

    // MARK: Long texts and turns

    private static let speakers: Set<String> = ["role", "from", "speaker", "sender", "sender_name", "user"]
    private static let said: Set<String> = ["content", "value", "text", "message", "parts", "utterance"]
    private static let times: Set<String> = [
        "date", "time", "timestamp", "datetime", "created_at", "create_time", "ts", "timestamp_ms", "created",
    ]

    private func key(_ frame: Frame) -> String { String(decoding: frame.key.bytes, as: UTF8.self) }

    /// The object whose speaker says what stands here.
    private var speaking: Int? {
        guard let found = frames.lastIndex(where: { $0.speaker != nil }), Self.said.contains(key(frames[found])) else {
            return nil
        }
        let isText = frames[(found + 1)...].allSatisfy { $0.isArray || ["text", "type"].contains(key($0)) }
        return isText && (frames.last?.isArray == true || key(frames[frames.count - 1]) != "type") ? found : nil
    }

    private var isSaid: Bool { speaking != nil }

    /// Whether the value says who speaks, which is written with what is said.
    private mutating func holds(_ value: MappedText) -> Bool {
        noteTime(value)
        guard let last = frames.last, !last.isArray, last.speaker == nil, value.count <= 60, !value.isEmpty,
            Self.speakers.contains(key(last))
        else { return false }
        frames[frames.count - 1].speaker = (last.key, value)
        return true
    }

    private mutating func noteTime(_ value: MappedText) {
        guard let last = frames.last, !last.isArray, value.count <= 40, Self.times.contains(key(last)) else { return }
        frames[frames.count - 1].time = String(decoding: value.bytes, as: UTF8.self)
    }

    /// The string that is open is a paragraph, or a turn.
    private mutating func beginLong() {
        isLong = true
        if let speaking, let speaker = frames[speaking].speaker?.name {
            closeLine()
            frames[speaking].isSpeakerWritten = true
            blocks.begin(.turn, location: frames[speaking].time.map { Self.place($0) })
            blocks.add(speaker)
            blocks.write(": ")
        } else {
            let label = label(from: record ?? 0)
            if !label.isEmpty { beginLeaf(label, value: nil) }
            closeLine()
            blocks.begin(.prose, location: time.map { Self.place($0) })
        }
        blocks.add(value)
    }

    private mutating func copyLong(_ text: ArraySlice<UInt8>, at source: Int) {
        breakParagraph(text)
        blocks.copy(text, at: source)
    }

    /// Behind a blank line another paragraph begins.
    private mutating func breakParagraph(_ next: some Collection<UInt8>) {
        guard !isSaid, next.first != .lineFeed, blocks.text.count > 2,
            blocks.text.suffix(2).allSatisfy({ $0 == .lineFeed })
        else { return }
        blocks.begin(.prose, location: time.map { Self.place($0) })
    }

    private static func place(_ time: String) -> Location {
        var location = Location()
        location.time = time
        return location
    }

    private var time: String? { frames.last { $0.time != nil }?.time }

    // MARK: Lines

    private mutating func leaf(_ value: MappedText) {
        let label = label(from: record ?? 0)
        let list = frames.last?.isArray == true ? frames.last?.number ?? 0 : 0
        if let last = lastLabel, list != 0, last.path == label, blocks.isOpen {
            blocks.write(last.list == list ? ", " : "; ")
        } else {
            beginLeaf(label, value: value)
        }
        blocks.add(value)
        if let time { blocks.locate(Self.place(time)) }
        lastLabel = (label, list)
        if frames.count <= 1, record == nil, frames.last?.isArray != false, Self.isText(value) { closeLine() }
    }

    /// Whether a value is no number or word, such as an entry in a list of names.
    private static func isText(_ value: MappedText) -> Bool {
        value.bytes.first.map { !$0.isDigit && $0 != UInt8(ascii: "-") } ?? false
    }

    /// The beginning of a line or of a part of one: `address.city: `.
    /// - Parameter value: What follows on the line.
    private mutating func beginLeaf(_ label: [UInt8], value: MappedText?) {
        if !blocks.isOpen {
            blocks.begin(.record)
            lineStart = 0
        } else if record != nil, let value,
            blocks.text.count - lineStart + label.count + value.count <= Self.longestValue
        {
            blocks.write("; ")
        } else {
            blocks.write("\n")
            lineStart = blocks.text.count
        }
        guard !label.isEmpty else { return }
        let key = frames.last(where: { !$0.isArray })?.key ?? MappedText()
        if let source = key.parts.first?.source, key.parts.count == 1, label.suffix(key.count).elementsEqual(key.bytes),
            source >= blocks.source
        {
            blocks.write(label.dropLast(key.count), near: source)
            blocks.copy(key.bytes, at: source)
        } else {
            blocks.write(label)
        }
        blocks.write(value == nil ? ":" : ": ")
    }

    /// The keys that lead to a value, and the numbers of the objects of lists among them, from 0 on.
    private func label(from depth: Int) -> [UInt8] {
        var label: [UInt8] = []
        let lastObject = frames.lastIndex { !$0.isArray } ?? -1
        for index in frames.indices where index >= depth && index <= lastObject {
            let frame = frames[index]
            if frame.isArray {
                if index > depth || record == nil { label += "[\(frame.index)]".utf8 }
            } else {
                if !label.isEmpty { label.append(UInt8(ascii: ".")) }
                label += frame.key.bytes
            }
            if label.count > Self.longestKey { break }
        }
        return label
    }

    private mutating func closeLine() {
        if blocks.isOpen { blocks.close("\n") }
        lastLabel = nil
    }

    // MARK: What is no JSON

    private mutating func closeOpen() {
        if isLong {
            blocks.close("\n\n")
        } else if !value.isEmpty {
            if isKey, let last = frames.indices.last { frames[last].key = MappedText() }
            leaf(value)
        }
        while let frame = frames.popLast() { writeSpeaker(of: frame) }
        closeLine()
        isLong = false
        value = MappedText()
        record = nil
    }

    /// What was open stands as it is known so far; plain text follows.
    mutating func fail(rest: [UInt8], at source: Int) {
        closeOpen()
        blocks.begin(.prose)
        blocks.copy(rest, at: source)
    }

    /// Plain text, a line a block.
    mutating func plain(_ text: ArraySlice<UInt8>, at source: Int) {
        var source = source
        for line in text.split(separator: .lineFeed, omittingEmptySubsequences: false) {
            let isWhole = line.endIndex < text.endIndex
            let piece = isWhole ? text[line.startIndex...line.endIndex] : line
            blocks.copy(piece, at: source)
            if isWhole { blocks.begin(.prose) }
            source += piece.count
        }
    }
}
