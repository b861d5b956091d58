/// Writes blocks whose text is not as it stands in the document, with the way back to what was copied.
struct MappedBlocks {
    private var complete: [TextBlock] = []
    private(set) var text: [UInt8] = []
    private var runs: [OffsetMap.Run] = []
    private var marks: [(text: Int, location: Location)] = []
    private var kind = TextBlock.Kind.prose
    private var level = 0
    private var isContinued = false
    /// Where the document's text stands behind what was copied last. Nothing that stands before it is led back to.
    private(set) var source = 0

    /// Whether a block is open that has text.
    var isOpen: Bool { !text.isEmpty || isContinued }

    /// The block that is open ends; what follows is of this kind.
    mutating func begin(_ kind: TextBlock.Kind, level: Int = 0, location: Location? = nil) {
        close()
        self.kind = kind
        self.level = level
        marks = location.map { [(0, $0)] } ?? []
    }

    /// What follows is found at this place.
    mutating func mark(_ location: Location) {
        guard marks.last?.location != location else { return }
        if marks.last?.text == text.count { marks.removeLast() }
        if marks.isEmpty || !text.isEmpty { marks.append((text.count, location)) } else { marks = [(0, location)] }
    }

    /// All of the open block is found at this place.
    mutating func locate(_ location: Location) { marks = [(0, location)] }

    /// Copies text of the document, which stands there.
    mutating func copy(_ bytes: some Collection<UInt8>, at place: Int) {
        guard place >= source else { return write(bytes, near: source) }
        var place = place
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = room(for: rest)
            if let last = runs.last, last.source + text.count - last.text == place {
            } else {
                runs.append(.init(text: text.count, source: place))
            }
            text += part
            place += part.count
            source = place
            rest = rest.dropFirst(part.count)
        }
    }

    /// Writes what does not stand so in the document.
    /// - Parameter place: What it stands for, if that is not behind what was copied last.
    mutating func write(_ bytes: some Collection<UInt8>, near place: Int? = nil) {
        var rest = bytes[...]
        if let place, place > source, !rest.isEmpty {
            source = place
            runs.append(.init(text: text.count, source: place))
        }
        while !rest.isEmpty {
            let part = room(for: rest)
            if text.isEmpty, runs.isEmpty { runs = [.init(text: 0, source: source)] }
            text += part
            rest = rest.dropFirst(part.count)
        }
    }

    mutating func write(_ string: String, near place: Int? = nil) { write(Array(string.utf8), near: place) }

    mutating func add(_ piece: MappedText) {
        for part in piece.parts {
            if let place = part.source { copy(part.text, at: place) } else { write(part.text, near: part.near) }
        }
    }

    /// As much as the open block can take; a block that is full is closed before a character.
    private mutating func room<Bytes: Collection<UInt8>>(for bytes: Bytes) -> Bytes.SubSequence {
        let limit = TextBlock.longestStretch - 4
        if text.count >= limit, bytes.first.map({ $0 & 0xC0 != 0x80 }) == true { closeStretch(continues: true) }
        let room = max(0, limit - text.count)
        guard bytes.count > room else { return bytes[...] }
        let end = bytes.dropFirst(max(1, room)).firstIndex { $0 & 0xC0 != 0x80 } ?? bytes.endIndex
        // A text of nothing but the bytes of one character is none.
        return bytes[..<end].prefix(TextBlock.longestStretch)
    }

    /// Ends the open block, with what parts it from the next.
    mutating func close(_ ending: String = "") {
        guard isOpen else { return }
        let feeds = text.reversed().prefix { $0 == .lineFeed }.count
        for _ in 0..<max(0, ending.utf8.count - feeds) { text.append(.lineFeed) }
        closeStretch(continues: false)
        marks = []
    }

    private mutating func closeStretch(continues: Bool) {
        isContinued = continues
        guard !text.isEmpty else { return }
        var block = TextBlock(kind, level: level, text: text, continues: continues)
        block.runs = runs.isEmpty ? [.init(text: 0, source: source)] : runs
        block.marks = marks
        complete.append(block)
        text = []
        runs = []
        marks = marks.last.map { [(0, $0.location)] } ?? []
    }

    /// The blocks that are complete.
    mutating func take() -> [TextBlock] {
        defer { complete = [] }
        return complete
    }
}

/// A short piece of text that is copied from a document in parts.
struct MappedText {
    /// Text, and where it stands, or what it is written for.
    private(set) var parts: [(text: [UInt8], source: Int?, near: Int?)] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }
    var bytes: [UInt8] { parts.flatMap(\.text) }

    mutating func copy(_ bytes: some Collection<UInt8>, at source: Int) {
        guard !bytes.isEmpty else { return }
        count += bytes.count
        if let last = parts.last, let place = last.source, place + last.text.count == source {
            parts[parts.count - 1].text += bytes
        } else {
            parts.append((Array(bytes), source, nil))
        }
    }

    mutating func write(_ bytes: some Collection<UInt8>, near place: Int? = nil) {
        guard !bytes.isEmpty else { return }
        count += bytes.count
        parts.append((Array(bytes), nil, place))
    }
}
