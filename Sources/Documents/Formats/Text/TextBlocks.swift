/// The blocks of a document that is text: bytes -> decoded text -> blocks.
struct TextBlocks: BlockSource {
    private var bytes: DocumentBytes
    private var decoder: TextDecoder
    /// How the text is laid out; nil before enough of it is known to tell.
    private var format: TextFormat?
    private var parser: (any BlockParser)?
    private var head: [UInt8] = []
    private var isAtEnd = false
    /// Nil before a line has ended.
    private var endsLinesByReturn: Bool?
    /// Decoded text so far.
    private var decodedCount = 0
    /// Where the lines begin that blocks still to come may stand on, and the number of the first of them.
    private var lineStarts: ArraySlice<Int> = [0]
    private var firstLine = 1

    /// - Parameter format: Nil has it found out.
    init(_ bytes: DocumentBytes, encoding: TextEncoding?, format: TextFormat? = nil) {
        self.format = format
        parser = format?.makeParser()
        self.bytes = bytes
        decoder = TextDecoder(encoding)
    }

    var kind: String? { format?.name }

    var digest: (bytes: Int, checksum: UInt32) { bytes.digest }

    mutating func next() throws(DocumentError) -> [TextBlock]? {
        guard !isAtEnd else { return nil }
        guard let block = try bytes.next() else {
            isAtEnd = true
            return take(decoder.finish(), isLast: true)
        }
        return take(decoder.push(block), isLast: false)
    }

    mutating func takeOmissions() -> [Omission] {
        let name = bytes.name
        // A parser does not know what it parses.
        let omissions = (parser?.takeOmissions() ?? []).map {
            Omission($0.kind, name, location: $0.location, reason: $0.reason)
        }
        return omissions + decoder.takeNotes().map { Omission(.note, name, reason: $0) }
    }

    private mutating func take(_ decoded: [UInt8], isLast: Bool) -> [TextBlock] {
        let text = withLineFeeds(decoded)
        for (offset, byte) in text.enumerated() where byte == .lineFeed { lineStarts.append(decodedCount + offset + 1) }
        decodedCount += text.count
        var blocks: [TextBlock] = []
        if parser != nil {
            blocks = parser?.push(text) ?? []
        } else {
            head += text
            if isLast || head.count >= TextBlock.headSize {
                format = TextFormat.detect(head.prefix(TextBlock.headSize), name: bytes.name)
                parser = format?.makeParser()
                blocks = parser?.push(head) ?? []
                head = []
            }
        }
        if isLast { blocks += parser?.finish() ?? [] }
        return blocks.map { withPlaces($0) }
    }

    /// Text whose lines end with carriage returns alone, as old files of the Macintosh have it, with line feeds in their place: as many
    /// bytes.
    private mutating func withLineFeeds(_ text: [UInt8]) -> [UInt8] {
        let carriageReturn = UInt8(ascii: "\r")
        if endsLinesByReturn == nil, text.contains(where: { $0 == .lineFeed || $0 == carriageReturn }) {
            endsLinesByReturn = !text.contains(.lineFeed)
        }
        return endsLinesByReturn == true ? text.map { $0 == carriageReturn ? .lineFeed : $0 } : text
    }

    /// The block with bytes and lines in place of offsets in decoded text.
    private mutating func withPlaces(_ block: TextBlock) -> TextBlock {
        guard let first = block.runs.first else { return block }
        var block = block
        forget(before: first.source)
        var places: [OffsetMap.Run] = []
        for (index, run) in block.runs.enumerated() {
            let next = index + 1 < block.runs.count ? block.runs[index + 1] : nil
            let length = max((next?.text ?? block.text.count) - run.text, 0)
            // Text that was written for another may be longer than that.
            let source = run.source..<min(run.source + length, max(run.source, next?.source ?? .max))
            if bytes.isOwn {
                for place in decoder.map.runs(in: source) {
                    places.append(.init(text: run.text + place.text - run.source, source: place.source))
                }
                // The last character need not be as long in the file as in the text.
                let end = run.text + source.count
                places.append(.init(text: end, source: decoder.map.source(at: source.upperBound)))
            }
            let line = max(lineStarts.partitioningIndex { $0 > source.lowerBound } - 1, lineStarts.startIndex)
            for index in line..<lineStarts.endIndex {
                guard index == line || lineStarts[index] < source.upperBound else { break }
                let start = run.text + max(0, lineStarts[index] - source.lowerBound)
                block.lines.append((start, firstLine + index - lineStarts.startIndex))
            }
        }
        block.runs = places
        return block
    }

    /// Blocks come in order: what leads back from earlier text is not asked for any more.
    private mutating func forget(before decoded: Int) {
        decoder.forgetMap(before: decoded)
        let passed = lineStarts.partitioningIndex { $0 > decoded } - lineStarts.startIndex - 1
        guard passed > 0 else { return }
        lineStarts = lineStarts.dropFirst(passed)
        firstLine += passed
    }
}
