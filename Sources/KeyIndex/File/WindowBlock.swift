import Documents
import Files
import Foundation
import Passages
import Tensors
import Tokenization

/// One window of an index, in the mapped file: its sentences, its tokens, its text and its keys.
///
/// Everything that is read through it has been checked when it was opened, but for the keys, of which any bytes are valid.
package struct WindowBlock: Sendable {
    /// A sentence's place in its document and in the window.
    struct SentenceEntry {
        static let size = 56

        var document: UInt32
        var kind: TextBlock.Kind?
        var level: Int
        var startsParagraph: Bool
        /// Whether it is the first one of a passage.
        var startsPassage: Bool
        /// Whether no passage may go across its beginning.
        var opensPassage: Bool
        /// Whether nothing before it belongs to it: it begins a sheet, a message or a file in an archive.
        var startsPart: Bool
        var textStart: Int
        /// The bytes of the file, where there are such.
        var bytes: Range<Int>?
        var line: Int?
        var spaceLength: Int
        var textLength: Int
        var tokens: Range<Int>
        /// Its number among the window's locations.
        var location: Int?
    }

    /// Tokens of the window, paragraph breaks included.
    let tokenCount: Int
    let sentenceCount: Int
    /// For each passage its sentences.
    package private(set) var passages: [Range<Int>] = []
    /// Where each passage's text begins, white space before it included, and where the last one ends, among the window's text.
    private var textStarts: [Int] = []
    private let file: FileBytes
    private let metadata: Range<Int>
    private let data: Range<Int>
    private let layout: KeyLayout
    /// Where in the metadata each location stands, as JSON.
    private var locations: [Range<Int>] = []
    private static let headerSize = 24

    /// Checks a window record's metadata.
    init(file: FileBytes, metadata: Range<Int>, data: Range<Int>, layout: KeyLayout) throws(ByteReader.Failure) {
        self.file = file
        self.metadata = metadata
        self.data = data
        self.layout = layout
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: file.buffer[metadata]))
        tokenCount = try reader.readCount(UInt32.self, limit: metadata.count / 4)
        sentenceCount = try reader.readCount(UInt32.self, limit: metadata.count / SentenceEntry.size)
        let passageCount = try reader.readCount(UInt32.self, limit: sentenceCount)
        let locationCount = try reader.readCount(UInt32.self, limit: metadata.count / 4)
        let textSize = try reader.readCount(UInt64.self, limit: metadata.count)
        let needed = Self.headerSize + sentenceCount * SentenceEntry.size + tokenCount * 4 + textSize
        guard needed <= metadata.count else {
            throw ByteReader.Failure(reason: "a window that is longer than its record")
        }
        guard layout.dataSize(tokens: tokenCount) <= data.count else {
            throw ByteReader.Failure(reason: "a window with fewer keys than tokens")
        }
        try reader.skip(needed - Self.headerSize)
        for _ in 0..<locationCount {
            let size = try reader.readCount(UInt32.self, limit: reader.remaining)
            let start = metadata.count - reader.remaining
            try reader.skip(size)
            locations.append(start..<start + size)
        }
        passages = try checkedPassages(count: passageCount, textSize: textSize)
    }

    private mutating func checkedPassages(count: Int, textSize: Int) throws(ByteReader.Failure) -> [Range<Int>] {
        var starts: [Int] = []
        textStarts = []
        var (text, token) = (0, 0)
        var previous: SentenceEntry?
        for index in 0..<sentenceCount {
            let entry = sentence(index)
            guard entry.tokens.lowerBound >= token, entry.tokens.upperBound <= tokenCount, !entry.tokens.isEmpty,
                entry.textStart < 1 << 48, entry.kind != nil,
                entry.location ?? 0 < max(1, locations.count)
            else { throw ByteReader.Failure(reason: "a sentence outside its window") }
            if !entry.startsPassage, let previous {
                let end = previous.textStart + previous.textLength
                guard entry.document == previous.document, entry.textStart == end + entry.spaceLength else {
                    throw ByteReader.Failure(reason: "a passage whose sentences do not follow each other")
                }
            }
            previous = entry
            token = entry.tokens.upperBound
            if entry.startsPassage {
                starts.append(index)
                textStarts.append(text)
            }
            text += entry.spaceLength + entry.textLength
        }
        textStarts.append(text)
        guard text == textSize, starts.count == count, starts.first ?? 0 == 0 else {
            throw ByteReader.Failure(reason: "a window whose sentences do not add up")
        }
        return starts.indices.map { starts[$0]..<($0 + 1 < starts.count ? starts[$0 + 1] : sentenceCount) }
    }

    private var start: UnsafeRawPointer? { file.buffer.baseAddress.map { $0 + metadata.lowerBound } }

    private func number<Value: FixedWidthInteger>(at offset: Int, _ type: Value.Type = Value.self) -> Value {
        start.map { Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self)) } ?? 0
    }

    /// The entry of a sentence below ``sentenceCount``.
    func sentence(_ index: Int) -> SentenceEntry {
        let base = Self.headerSize + index * SentenceEntry.size
        let flags = number(at: base + 4, UInt32.self)
        let firstToken = Int(number(at: base + 40, UInt32.self))
        let byteStart = Int(clamping: number(at: base + 16, UInt64.self))
        let byteLength = Int(number(at: base + 24, UInt32.self))
        let location = number(at: base + 48, UInt32.self)
        return SentenceEntry(
            document: number(at: base), kind: Self.kind(Int(flags >> 8 & 0xFF)), level: Int(flags >> 16 & 0xFF),
            startsParagraph: flags & 1 != 0, startsPassage: flags & 2 != 0, opensPassage: flags & 4 != 0,
            startsPart: flags & 32 != 0,
            textStart: Int(clamping: number(at: base + 8, UInt64.self)),
            bytes: flags & 8 == 0 || byteStart >= 1 << 48 ? nil : byteStart..<byteStart + byteLength,
            line: flags & 16 == 0 ? nil : Int(number(at: base + 28, UInt32.self)),
            spaceLength: Int(number(at: base + 32, UInt32.self)), textLength: Int(number(at: base + 36, UInt32.self)),
            tokens: firstToken..<firstToken + Int(number(at: base + 44, UInt32.self)),
            location: location == .max ? nil : Int(location))
    }

    /// The kinds of blocks by their numbers in the file.
    private static let kinds: [TextBlock.Kind] = [
        .prose, .heading, .listItem, .tableRow, .turn, .tableHeader, .record, .code,
    ]

    private static func kind(_ number: Int) -> TextBlock.Kind? {
        kinds.indices.contains(number) ? kinds[number] : nil
    }

    fileprivate static func number(of kind: TextBlock.Kind) -> UInt32 {
        UInt32(kinds.firstIndex(of: kind) ?? 0)
    }

    /// The document of a passage.
    package func document(ofPassage index: Int) -> UInt32 { sentence(passages[index].lowerBound).document }

    /// A location below the count; nil where a forged file holds something else.
    private func location(_ number: Int) -> Location? {
        guard locations.indices.contains(number) else { return nil }
        return try? JSONDecoder().decode(Location.self, from: Data(bytes(locations[number])))
    }

    /// What kind of block each sentence of a passage is from.
    package func kinds(ofPassage index: Int) -> [TextBlock.Kind] { passages[index].map { sentence($0).kind ?? .prose } }

    /// How deep the heading that is a sentence of a passage stands; 0 where that is not known.
    package func level(ofSentence sentence: Int, inPassage index: Int) -> Int {
        self.sentence(passages[index].lowerBound + sentence).level
    }

    /// Whether nothing before a passage belongs to it: it begins a sheet, a message or a file in an archive.
    package func startsPart(_ index: Int) -> Bool { sentence(passages[index].lowerBound).startsPart }

    /// Whether a passage begins a paragraph, a row or a turn, and does not go on with one that was cut.
    package func opensPassage(_ index: Int) -> Bool { sentence(passages[index].lowerBound).opensPassage }

    /// The tokens of a passage in the window.
    package func tokens(ofPassage index: Int) -> Range<Int> {
        let range = passages[index]
        return sentence(range.lowerBound).tokens.lowerBound..<sentence(range.upperBound - 1).tokens.upperBound
    }

    /// The token at a position of the window.
    package func token(_ position: Int) -> TokenID {
        TokenID(
            bitPattern: number(at: Self.headerSize + sentenceCount * SentenceEntry.size + position * 4, UInt32.self))
    }

    /// A passage as the document's reader gave it.
    package func passage(_ index: Int) -> Passage? {
        var text = textBase - metadata.lowerBound + textStarts[index]
        let range = passages[index]
        var passage: Passage?
        for entry in range.map(sentence) {
            let space = bytes(text..<text + entry.spaceLength)
            let body = bytes(text + entry.spaceLength..<text + entry.spaceLength + entry.textLength)
            text += entry.spaceLength + entry.textLength
            let sentence = Sentence(
                textRange: entry.textStart..<entry.textStart + entry.textLength,
                source: SourceSpan(
                    byteRange: entry.bytes, line: entry.line, location: entry.location.flatMap(location)),
                kind: entry.kind ?? .prose, level: entry.level, startsParagraph: entry.startsParagraph,
                startsPassage: entry.opensPassage, startsPart: entry.startsPart, leadingSpace: space, bytes: body)
            let tokenized = TokenizedSentence(
                document: Int(entry.document), sentence: sentence, tokens: entry.tokens.map(token))
            if passage == nil { passage = Passage(tokenized) } else { passage?.append(tokenized) }
        }
        return passage
    }

    /// Where the window's text begins in the file.
    private var textBase: Int {
        metadata.lowerBound + Self.headerSize + sentenceCount * SentenceEntry.size + tokenCount * 4
    }

    /// Calls `body` with the text of each sentence of a passage, white space before it included.
    package func forEachSentence(ofPassage passage: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        var start = textBase + textStarts[passage]
        for index in passages[passage] {
            let entry = sentence(index)
            let end = start + entry.spaceLength + entry.textLength
            body(UnsafeRawBufferPointer(rebasing: file.buffer[start..<end]))
            start = end
        }
    }

    private func bytes(_ range: Range<Int>) -> [UInt8] {
        Array(file.buffer[metadata.lowerBound + range.lowerBound..<metadata.lowerBound + range.upperBound])
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
    /// The metadata of a window's record.
    /// - Parameter documents: For each document of the passages its number in the index.
    static func metadata(of window: Window, documents: (Int) -> UInt32) -> [UInt8] {
        var writer = ByteWriter()
        let sentences = window.passages.flatMap(\.sentences)
        writer.write(UInt32(window.tokens.count))
        writer.write(UInt32(sentences.count))
        writer.write(UInt32(window.passages.count))
        let locations = LocationTable(sentences.map(\.sentence.source.location))
        writer.write(UInt32(locations.encoded.count))
        writer.write(UInt64(sentences.reduce(0) { $0 + $1.sentence.leadingSpace.count + $1.sentence.bytes.count }))
        for (passage, spans) in zip(window.passages, window.spans) {
            for (index, (tokenized, span)) in zip(passage.sentences, spans).enumerated() {
                let sentence = tokenized.sentence
                writer.write(documents(tokenized.document))
                let flags =
                    (sentence.startsParagraph ? 1 : 0) | (index == 0 ? 2 : 0) | (sentence.startsPassage ? 4 : 0)
                    | (sentence.source.byteRange == nil ? 0 : 8) | (sentence.source.line == nil ? 0 : 16)
                    | (sentence.startsPart ? 32 : 0)
                writer.write(
                    UInt32(flags) | number(of: sentence.kind) << 8 | UInt32(UInt8(clamping: sentence.level)) << 16)
                writer.write(UInt64(sentence.textRange.lowerBound))
                writer.write(UInt64(sentence.source.byteRange?.lowerBound ?? 0))
                writer.write(UInt32(clamping: sentence.source.byteRange?.count ?? 0))
                writer.write(UInt32(clamping: sentence.source.line ?? 0))
                writer.write(UInt32(sentence.leadingSpace.count))
                writer.write(UInt32(sentence.bytes.count))
                writer.write(UInt32(span.lowerBound))
                writer.write(UInt32(span.count))
                writer.write(locations.number(of: sentence.source.location))
                writer.write(UInt32(0))
            }
        }
        for token in window.tokens { writer.write(UInt32(bitPattern: token)) }
        for tokenized in sentences {
            writer.write(contentsOf: tokenized.sentence.leadingSpace)
            writer.write(contentsOf: tokenized.sentence.bytes)
        }
        for location in locations.encoded {
            writer.write(UInt32(location.count))
            writer.write(contentsOf: location)
        }
        return writer.bytes
    }
}

/// The different locations of a window's sentences, each once.
private struct LocationTable {
    private(set) var encoded: [Data] = []
    private var numbers: [Location: UInt32] = [:]

    init(_ locations: [Location?]) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for case let location? in locations where numbers[location] == nil {
            // Locations hold no number that JSON lacks.
            guard let data = try? encoder.encode(location) else { continue }
            numbers[location] = UInt32(encoded.count)
            encoded.append(data)
        }
    }

    func number(of location: Location?) -> UInt32 { location.flatMap { numbers[$0] } ?? .max }
}

extension PassageFrequencies {
    /// Counts the passages of windows.
    /// - Parameter isSearched: Whether the passages of a document count.
    package init(of windows: [WindowBlock], vocabulary: Int, isSearched: (UInt32) -> Bool = { _ in true }) {
        self.init(vocabulary: vocabulary)
        for window in windows {
            for passage in window.passages.indices where isSearched(window.document(ofPassage: passage)) {
                // A token that the vocabulary lacks can only come from a forged file.
                add(
                    window.tokens(ofPassage: passage).lazy.map(window.token).filter {
                        (0..<TokenID(vocabulary)).contains($0)
                    })
            }
        }
    }
}
