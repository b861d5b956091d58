import ModelFormat
import Tensors
import Tokenization

/// One window of an index, in the mapped file: its sentences, its tokens, its text and its keys.
///
/// Everything that is read through it has been checked when it was opened, but for the keys, of which any bytes are valid.
struct WindowBlock: Sendable {
    /// A sentence's place in its document and in the window.
    struct SentenceEntry {
        static let size = 40

        var document: UInt32
        var startsParagraph: Bool
        /// Whether it is the first one of a passage.
        var startsPassage: Bool
        var byteStart: Int
        var line: Int
        var spaceLength: Int
        var textLength: Int
        var tokens: Range<Int>
    }

    /// Tokens of the window, paragraph breaks included.
    let tokenCount: Int
    let sentenceCount: Int
    /// For each passage its sentences.
    private(set) var passages: [Range<Int>] = []
    private let file: FileBytes
    private let part: Range<Int>
    private let data: Range<Int>
    private let layout: KeyLayout
    private static let headerSize = 24

    /// Checks a window record's description part.
    init(file: FileBytes, part: Range<Int>, data: Range<Int>, layout: KeyLayout) throws(ByteReader.Failure) {
        self.file = file
        self.part = part
        self.data = data
        self.layout = layout
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: file.buffer[part]))
        tokenCount = try reader.readCount(UInt32.self, limit: part.count / 4)
        sentenceCount = try reader.readCount(UInt32.self, limit: part.count / SentenceEntry.size)
        let passageCount = try reader.readCount(UInt32.self, limit: sentenceCount)
        try reader.skip(4)
        let textSize = try reader.readCount(UInt64.self, limit: part.count)
        let needed = Self.headerSize + sentenceCount * SentenceEntry.size + tokenCount * 4 + textSize
        guard needed <= part.count else { throw ByteReader.Failure(reason: "a window that is longer than its record") }
        guard layout.dataSize(tokens: tokenCount) <= data.count else {
            throw ByteReader.Failure(reason: "a window with fewer keys than tokens")
        }
        passages = try checkedPassages(count: passageCount, textSize: textSize)
    }

    private func checkedPassages(count: Int, textSize: Int) throws(ByteReader.Failure) -> [Range<Int>] {
        var starts: [Int] = []
        var (text, token) = (0, 0)
        var previous: SentenceEntry?
        for index in 0..<sentenceCount {
            let entry = sentence(index)
            guard entry.tokens.lowerBound >= token, entry.tokens.upperBound <= tokenCount, !entry.tokens.isEmpty,
                entry.byteStart < 1 << 48
            else { throw ByteReader.Failure(reason: "a sentence outside its window") }
            if !entry.startsPassage, let previous {
                let end = previous.byteStart + previous.textLength
                guard entry.document == previous.document, entry.byteStart == end + entry.spaceLength else {
                    throw ByteReader.Failure(reason: "a passage whose sentences do not follow each other")
                }
            }
            previous = entry
            token = entry.tokens.upperBound
            text += entry.spaceLength + entry.textLength
            if entry.startsPassage { starts.append(index) }
        }
        guard text == textSize, starts.count == count, starts.first ?? 0 == 0 else {
            throw ByteReader.Failure(reason: "a window whose sentences do not add up")
        }
        return starts.indices.map { starts[$0]..<($0 + 1 < starts.count ? starts[$0 + 1] : sentenceCount) }
    }

    private var start: UnsafeRawPointer? { file.buffer.baseAddress.map { $0 + part.lowerBound } }

    private func number<Value: FixedWidthInteger>(at offset: Int, _ type: Value.Type = Value.self) -> Value {
        start.map { Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self)) } ?? 0
    }

    /// The entry of a sentence below ``sentenceCount``.
    func sentence(_ index: Int) -> SentenceEntry {
        let base = Self.headerSize + index * SentenceEntry.size
        let flags = number(at: base + 4, UInt32.self)
        let firstToken = Int(number(at: base + 28, UInt32.self))
        return SentenceEntry(
            document: number(at: base), startsParagraph: flags & 1 != 0, startsPassage: flags & 2 != 0,
            byteStart: Int(clamping: number(at: base + 8, UInt64.self)), line: Int(number(at: base + 16, UInt32.self)),
            spaceLength: Int(number(at: base + 20, UInt32.self)), textLength: Int(number(at: base + 24, UInt32.self)),
            tokens: firstToken..<firstToken + Int(number(at: base + 32, UInt32.self)))
    }

    /// The document of a passage.
    func document(ofPassage index: Int) -> UInt32 { sentence(passages[index].lowerBound).document }

    /// The tokens of a passage in the window.
    func tokens(ofPassage index: Int) -> Range<Int> {
        let range = passages[index]
        return sentence(range.lowerBound).tokens.lowerBound..<sentence(range.upperBound - 1).tokens.upperBound
    }

    /// The token at a position of the window.
    func token(_ position: Int) -> TokenID {
        TokenID(
            bitPattern: number(at: Self.headerSize + sentenceCount * SentenceEntry.size + position * 4, UInt32.self))
    }

    /// A passage as the document's reader gave it.
    func passage(_ index: Int) -> Passage? {
        var text = Self.headerSize + sentenceCount * SentenceEntry.size + tokenCount * 4
        let range = passages[index]
        for before in 0..<range.lowerBound {
            let entry = sentence(before)
            text += entry.spaceLength + entry.textLength
        }
        var passage: Passage?
        for entry in range.map(sentence) {
            let space = bytes(text..<text + entry.spaceLength)
            let body = bytes(text + entry.spaceLength..<text + entry.spaceLength + entry.textLength)
            text += entry.spaceLength + entry.textLength
            let sentence = Sentence(
                byteRange: entry.byteStart..<entry.byteStart + entry.textLength, line: entry.line,
                startsParagraph: entry.startsParagraph, leadingSpace: space, bytes: body)
            let tokenized = TokenizedSentence(
                document: Int(entry.document), sentence: sentence, tokens: entry.tokens.map(token))
            if passage == nil { passage = Passage(tokenized) } else { passage?.append(tokenized) }
        }
        return passage
    }

    /// Calls `body` with each passage and its text, white space before it included.
    func forEachText(_ body: (_ passage: Int, _ text: UnsafeRawBufferPointer) -> Void) {
        var end = part.lowerBound + Self.headerSize + sentenceCount * SentenceEntry.size + tokenCount * 4
        for (index, sentences) in passages.enumerated() {
            let start = end
            for entry in sentences.lazy.map(sentence) { end += entry.spaceLength + entry.textLength }
            body(index, UnsafeRawBufferPointer(rebasing: file.buffer[start..<end]))
        }
    }

    private func bytes(_ range: Range<Int>) -> [UInt8] {
        Array(file.buffer[part.lowerBound + range.lowerBound..<part.lowerBound + range.upperBound])
    }

    /// One source's keys, as ``KeyLayout/bytes(of:)`` wrote them.
    struct Keys {
        enum Elements {
            case int4(ranges: UnsafePointer<Float>, scales: UnsafePointer<UInt16>, codes: UnsafePointer<UInt8>)
            case int8(ranges: UnsafePointer<Float>, scales: UnsafePointer<Float>, codes: UnsafePointer<UInt8>)
            case float16(UnsafePointer<UInt16>)
        }

        var mean: UnsafePointer<Float>
        var elements: Elements
    }

    /// The keys of one of the layout's sources.
    func keys(ofSource index: Int) -> Keys? {
        guard let base = file.buffer.baseAddress else { return nil }
        let mean = base + data.lowerBound + index * layout.sourceSize(tokens: tokenCount)
        let rest = mean + 4 * layout.dimension
        let elements: Keys.Elements
        switch layout.format {
        case .int4:
            let scales = rest + 4 * layout.dimension
            let codes = scales + 2 * KeyLayout.padded(tokenCount)
            elements = .int4(
                ranges: rest.assumingMemoryBound(to: Float.self), scales: scales.assumingMemoryBound(to: UInt16.self),
                codes: codes.assumingMemoryBound(to: UInt8.self))
        case .int8:
            let scales = rest + 4 * layout.dimension
            let codes = scales + 4 * KeyLayout.padded(tokenCount)
            elements = .int8(
                ranges: rest.assumingMemoryBound(to: Float.self), scales: scales.assumingMemoryBound(to: Float.self),
                codes: codes.assumingMemoryBound(to: UInt8.self))
        case .float16: elements = .float16(rest.assumingMemoryBound(to: UInt16.self))
        }
        return Keys(mean: mean.assumingMemoryBound(to: Float.self), elements: elements)
    }
}

extension WindowBlock {
    /// The description part of a window's record.
    /// - Parameter documents: For each document of the passages its number in the index.
    static func part(of window: Window, documents: (Int) -> UInt32) -> [UInt8] {
        var writer = ByteWriter()
        let sentences = window.passages.flatMap(\.sentences)
        writer.write(UInt32(window.tokens.count))
        writer.write(UInt32(sentences.count))
        writer.write(UInt32(window.passages.count))
        writer.write(UInt32(0))
        writer.write(UInt64(sentences.reduce(0) { $0 + $1.sentence.leadingSpace.count + $1.sentence.bytes.count }))
        for (passage, spans) in zip(window.passages, window.spans) {
            for (index, (tokenized, span)) in zip(passage.sentences, spans).enumerated() {
                let sentence = tokenized.sentence
                writer.write(documents(tokenized.document))
                writer.write(UInt32((sentence.startsParagraph ? 1 : 0) | (index == 0 ? 2 : 0)))
                writer.write(UInt64(sentence.byteRange.lowerBound))
                writer.write(UInt32(clamping: sentence.line))
                writer.write(UInt32(sentence.leadingSpace.count))
                writer.write(UInt32(sentence.bytes.count))
                writer.write(UInt32(span.lowerBound))
                writer.write(UInt32(span.count))
                writer.write(UInt32(0))
            }
        }
        for token in window.tokens { writer.write(UInt32(bitPattern: token)) }
        for tokenized in sentences {
            writer.write(contentsOf: tokenized.sentence.leadingSpace)
            writer.write(contentsOf: tokenized.sentence.bytes)
        }
        return writer.bytes
    }
}
