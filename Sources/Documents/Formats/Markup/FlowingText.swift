/// Running text as it is gathered from markup: runs of white space become one blank, no-break spaces are blanks, and characters
/// that only say where a line may break are left out.
struct FlowingText {
    /// What is between this text and the next.
    private enum Gap {
        case none, blank, line
    }

    private(set) var bytes: [UInt8] = []
    /// To the text that it was made from, where that is known.
    private(set) var runs: [OffsetMap.Run] = []
    /// What stands before the first character: the mark of an item.
    var lead: [UInt8] = []
    /// What stands behind a line feed: the indentation of an item.
    var indentation: [UInt8] = []
    private var gap = Gap.none

    var isEmpty: Bool { bytes.isEmpty }
    var count: Int { bytes.count }
    var last: UInt8? { gap == .none ? bytes.last : nil }

    /// Words before and behind are two.
    mutating func breakWord() { if gap == .none { gap = .blank } }

    /// What follows stands on another line.
    mutating func breakLine() { gap = .line }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    mutating func append(_ text: [UInt8]) { text.withUnsafeBufferPointer { append($0) } }

    /// - Parameter source: Where the text begins in what it comes from; nil where that is not known.
    mutating func append(_ text: UnsafeBufferPointer<UInt8>, source: Int? = nil) {
        var index = 0
        while index < text.count {
            if text[index] <= 0x20 {
                breakWord()
                index += 1
                continue
            }
            if let (length, isBlank) = Self.unusual(text, at: index) {
                if isBlank { breakWord() }
                index += length
                continue
            }
            let start = index
            index += 1
            while index < text.count, Self.goesOn(text, at: index) { index += 1 }
            put(UnsafeBufferPointer(rebasing: text[start..<index]), source: source.map { $0 + start })
        }
    }

    /// Text of which every blank and line feed counts.
    mutating func appendAsIs(_ text: UnsafeBufferPointer<UInt8>, source: Int? = nil) {
        var index = 0
        while index < text.count {
            let start = index
            while index < text.count, text[index] != 0x0D, Self.unusual(text, at: index) == nil { index += 1 }
            if start < index {
                mark(source.map { $0 + start })
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
            } else if text[index] == 0x0D {
                index += 1
            } else if let (length, isBlank) = Self.unusual(text, at: index) {
                if isBlank { bytes.append(0x20) }
                index += length
            }
        }
    }

    /// The text so far, which begins anew.
    mutating func take() -> (bytes: [UInt8], runs: [OffsetMap.Run]) {
        defer {
            bytes = []
            runs = []
            gap = .none
        }
        return (bytes, runs)
    }

    /// The text up to its last blank, where it has one in its second half; all of it otherwise. The rest stays.
    mutating func takeStretch() -> (bytes: [UInt8], runs: [OffsetMap.Run]) {
        guard let cut = bytes.lastIndex(where: \.isWhitespace), cut > bytes.count / 2 else {
            let gap = gap
            defer {
                // A blank between two stretches belongs to the first.
                self.gap = .none
            }
            var all = take()
            if gap != .none { all.bytes.append(gap == .line ? .lineFeed : 0x20) }
            return all
        }
        let map = runs
        let rest = Array(bytes[(cut + 1)...])
        let head = Array(bytes[...cut])
        bytes = rest
        runs = []
        if let last = map.last(where: { $0.text <= cut + 1 }) {
            runs.append(.init(text: 0, source: last.source + cut + 1 - last.text))
        }
        for run in map where run.text > cut + 1 { runs.append(.init(text: run.text - cut - 1, source: run.source)) }
        return (head, map.filter { $0.text <= cut })
    }

    private mutating func put(_ text: UnsafeBufferPointer<UInt8>, source: Int?) {
        if bytes.isEmpty {
            bytes += lead
            lead = []
        } else {
            switch gap {
            case .none: break
            case .blank: bytes.append(0x20)
            case .line:
                bytes.append(.lineFeed)
                bytes += indentation
            }
        }
        gap = .none
        mark(source)
        bytes.append(contentsOf: text)
    }

    private mutating func mark(_ source: Int?) {
        guard let source else { return }
        if let last = runs.last, last.source - last.text == source - bytes.count { return }
        if runs.isEmpty, !bytes.isEmpty { runs.append(.init(text: 0, source: source)) }
        runs.append(.init(text: bytes.count, source: source))
    }

    /// Whether the text goes on as it is: no white space but a single blank, and nothing unusual.
    private static func goesOn(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        let byte = text[index]
        if byte > 0x20 { return (byte != 0xC2 && byte != 0xE2 && byte != 0xEF) || unusual(text, at: index) == nil }
        guard byte == 0x20, index + 1 < text.count else { return false }
        return text[index + 1] > 0x20 && unusual(text, at: index + 1) == nil
    }

    /// The length of a character that is no plain text, and whether it is a blank.
    private static func unusual(
        _ text: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (length: Int, isBlank: Bool)? {
        let next = index + 1 < text.count ? text[index + 1] : 0
        let afterNext = index + 2 < text.count ? text[index + 2] : 0
        return switch (text[index], next, afterNext) {
        // No-break space, figure space, narrow no-break space.
        case (0xC2, 0xA0, _): (2, true)
        case (0xE2, 0x80, 0x87), (0xE2, 0x80, 0xAF): (3, true)
        // Soft hyphen, zero width space, word joiner, byte order mark.
        case (0xC2, 0xAD, _): (2, false)
        case (0xE2, 0x80, 0x8B), (0xE2, 0x81, 0xA0), (0xEF, 0xBB, 0xBF): (3, false)
        default: nil
        }
    }
}
