/// JSON (RFC 8259) and JSON Lines as people read them: `key path: value`, with what strings say in place of how they
/// are written.
///
/// It is scanned as it comes, so that order and places stay and memory does not grow. What is no JSON is read as
/// plain text from there on, or up to the end of the line where each line is a document.
struct JSONDocument: BlockParser {
    private var writer: JSONWriter
    private let isLines: Bool
    private var state = State.value
    /// Whether each open container is an array.
    private var isArray: [Bool] = []
    /// A number or a word that is not complete.
    private var word: [UInt8] = []
    private var wordStart = 0
    private var unit: (value: UInt32, digits: Int) = (0, 0)
    /// The first half of a character that two escapes stand for.
    private var highSurrogate: UInt32?
    private var escapeStart = 0
    /// Offset of the next byte.
    private var offset = 0
    private var notes: [String] = []

    private enum State {
        case value, firstValue, key, firstKey, colon, comma, string, escape, unicode, word, failed, failedLine
    }

    init(isLines: Bool) {
        self.isLines = isLines
        writer = JSONWriter(isLines: isLines)
    }

    mutating func push(_ text: [UInt8]) -> [TextBlock] {
        var index = 0
        while index < text.count {
            if state == .string {
                let end = text[index...].firstIndex(where: endsStretch) ?? text.endIndex
                if end > index {
                    endSurrogate()
                    writer.string(text[index..<end], at: offset)
                    offset += end - index
                    index = end
                    continue
                }
            } else if state == .failed || state == .failedLine {
                let end =
                    state == .failed
                    ? text.endIndex : text[index...].firstIndex(of: .lineFeed).map { $0 + 1 } ?? text.endIndex
                writer.plain(text[index..<end], at: offset)
                if state == .failedLine, text[end - 1] == .lineFeed { state = .value }
                offset += end - index
                index = end
                continue
            }
            // A number ends with the byte behind it, which counts for itself.
            if take(text[index]) {
                index += 1
                offset += 1
            }
        }
        return writer.take()
    }

    mutating func finish() -> [TextBlock] {
        if state == .word { endWord() }
        if state != .failed, !isArray.isEmpty || state == .string {
            notes.append("the JSON ends in the middle of a value")
        }
        return writer.finish()
    }

    mutating func takeOmissions() -> [Omission] {
        defer { notes = [] }
        return notes.map { Omission(.note, "", reason: $0) }
    }

    /// Whether a byte of a string is not what it stands for. A line feed within one is written otherwise, but let
    /// pass where it does not end a document.
    private func endsStretch(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == .lineFeed && isLines
    }

    /// - Returns: Whether the byte is taken.
    private mutating func take(_ byte: UInt8) -> Bool {
        switch state {
        case .escape: escape(byte)
        case .unicode: unicode(byte)
        case .string:
            if byte == UInt8(ascii: "\\") {
                state = .escape
                // Two escapes may stand for one character.
                if highSurrogate == nil { escapeStart = offset }
            } else if byte == .lineFeed {
                return fail()
            } else {
                endSurrogate()
                let isKey = writer.endString()
                state = isKey ? .colon : .comma
            }
        case .word:
            guard Self.isOfWord(byte) else {
                endWord()
                return false
            }
            word.append(byte)
            if word.count > Self.longestWord { fail() }
        case .failed, .failedLine: return false
        case _ where byte.isWhitespace: break
        case .colon:
            guard byte == UInt8(ascii: ":") else { return fail() }
            state = .value
        case .comma: return comma(byte)
        case .key, .firstKey:
            if byte == UInt8(ascii: "\"") {
                writer.beginKey(at: offset)
                state = .string
            } else if byte == UInt8(ascii: "}") {
                end(isArray: false)
            } else {
                return fail()
            }
        case .value, .firstValue: return value(byte)
        }
        return true
    }

    private mutating func value(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""):
            writer.beginString(at: offset)
            state = .string
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard isArray.count < Self.deepest else { return fail() }
            isArray.append(byte == UInt8(ascii: "["))
            writer.begin(isArray: isArray.last == true, at: offset)
            state = isArray.last == true ? .firstValue : .firstKey
        case UInt8(ascii: "]") where isArray.last == true: end(isArray: true)
        case _ where Self.isOfWord(byte):
            word = [byte]
            wordStart = offset
            state = .word
        default: return fail()
        }
        return true
    }

    private mutating func comma(_ byte: UInt8) -> Bool {
        switch (byte, isArray.last) {
        case (_, nil):
            // Another document.
            state = .value
            return false
        case (UInt8(ascii: ","), let isArray?): state = isArray ? .value : .key
        case (UInt8(ascii: "]"), true?): end(isArray: true)
        case (UInt8(ascii: "}"), false?): end(isArray: false)
        default: return fail()
        }
        return true
    }

    private mutating func end(isArray: Bool) {
        self.isArray.removeLast()
        writer.end(at: offset)
        state = .comma
    }

    private mutating func endWord() {
        let string = String(decoding: word, as: UTF8.self)
        guard ["true", "false", "null", "NaN", "Infinity", "-Infinity"].contains(string) || Double(string) != nil else {
            fail()
            return
        }
        writer.word(word, at: wordStart)
        word = []
        state = .comma
    }

    /// What stands here is no JSON.
    @discardableResult
    private mutating func fail() -> Bool {
        if notes.isEmpty {
            notes.append(
                "this is no valid JSON at character \(offset) of its text; "
                    + (isLines ? "the rest of such lines is read as plain text" : "the rest is read as plain text"))
        }
        writer.fail(rest: word, at: wordStart)
        word = []
        isArray = []
        state = isLines ? .failedLine : .failed
        return false
    }

    private mutating func escape(_ byte: UInt8) {
        state = .string
        if byte == UInt8(ascii: "u") {
            unit = (0, 0)
            state = .unicode
            return
        }
        endSurrogate()
        let character: UInt8 =
            switch byte {
            case UInt8(ascii: "n"): .lineFeed
            case UInt8(ascii: "t"): 0x09
            case UInt8(ascii: "r"): 0x0D
            case UInt8(ascii: "b"), UInt8(ascii: "f"): 0x20
            default: byte
            }
        writer.character([character], at: escapeStart)
    }

    private mutating func unicode(_ byte: UInt8) {
        guard let digit = UInt32(String(decoding: [byte], as: UTF8.self), radix: 16) else {
            state = .string
            endSurrogate()
            writer.character(Array("\u{FFFD}".utf8) + [byte], at: escapeStart)
            return
        }
        unit = (unit.value << 4 | digit, unit.digits + 1)
        guard unit.digits == 4 else { return }
        state = .string
        if let high = highSurrogate, (0xDC00...0xDFFF).contains(unit.value) {
            highSurrogate = nil
            write(scalar: 0x10000 + (high - 0xD800) << 10 + (unit.value - 0xDC00))
        } else {
            endSurrogate()
            if (0xD800...0xDBFF).contains(unit.value) { highSurrogate = unit.value } else { write(scalar: unit.value) }
        }
    }

    private mutating func endSurrogate() {
        guard highSurrogate != nil else { return }
        highSurrogate = nil
        write(scalar: 0xFFFD)
    }

    private mutating func write(scalar: UInt32) {
        let character = Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")
        writer.character(Array(String(character).utf8), at: escapeStart)
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        byte.isDigit || byte.isSmallLetter || byte.isCapitalLetter || "+-.".utf8.contains(byte)
    }

    /// Containers within each other at most.
    private static let deepest = 512
    /// Bytes of a number at most.
    private static let longestWord = 1 << 10

    /// Whether a text is JSON, and whether each of its lines is; nil where it is not.
    static func isLines(_ head: ArraySlice<UInt8>, name: String) -> Bool? {
        let name = name.lowercased()
        let isNamed = [".jsonl", ".ndjson", ".jsonlines"].contains(where: name.hasSuffix)
        guard let first = head.first(where: { !$0.isWhitespace }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return nil }
        var parser = JSONDocument(isLines: false)
        var documents = 0
        for byte in head.prefix(TextBlock.headSize - 1) {
            let isInside = !parser.isArray.isEmpty
            _ = parser.push([byte])
            if parser.state == .failed { break }
            if isInside, parser.isArray.isEmpty { documents += 1 }
        }
        // "[1] Smith et al." begins as JSON does.
        if parser.state == .failed, !isNamed {
            let isLikely = name.hasSuffix(".json") || name.hasSuffix(".geojson")
            guard documents > 1 && first == UInt8(ascii: "{") || isLikely && parser.offset > 20 else { return nil }
        }
        guard parser.offset > 1, !isNamed else { return isNamed }
        return documents > 1 || documents == 1 && parser.state != .comma
    }
}
