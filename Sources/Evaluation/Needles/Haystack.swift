import Foundation
import InfiniRetri
import Tokenization

/// A text of any wanted length made of a folder's texts, with sentences hidden in it.
///
/// The texts (`*.txt`, by name) are joined by blank lines, and repeated where they are shorter than wanted.
public struct Haystack: Sendable {
    /// A sentence to hide.
    public struct Hidden: Sendable {
        /// The sentence.
        public var sentence: String
        /// Where it goes, 0 the beginning and 1 the end: behind the last sentence that ends before.
        public var depth: Double

        /// A sentence to hide at a depth.
        public init(_ sentence: String, depth: Double) {
            self.sentence = sentence
            self.depth = depth
        }
    }

    private let text: [UInt8]
    /// Where each token of `text` ends.
    private let tokenEnds: [Int]
    /// Where each sentence of `text` ends, ascending.
    private let sentenceEnds: [Int]

    /// Reads a folder.
    /// - Parameter joiningLines: Whether every run of white space becomes a single space, as RULER does, so that the whole is
    ///   one paragraph.
    /// - Throws: `EvaluationError` when it cannot be read or holds no text.
    public init(folder: String, joiningLines: Bool = false, tokenizer: Tokenizer) throws {
        let texts = try Self.texts(in: folder)
        var text = Array(texts.joined(separator: Data("\n\n".utf8)))
        if joiningLines {
            text = Array(text.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.joined(separator: [0x20]))
        }
        self.init(text: text, separator: joiningLines ? " " : "\n\n", tokenizer: tokenizer)
        // Not the tokens: what separates repetitions has some, even where there is nothing to repeat.
        guard shortestLength != nil else { throw EvaluationError.empty(path: folder) }
    }

    /// The contents of a folder's `*.txt`, by name.
    /// - Throws: `EvaluationError` when it cannot be read.
    static func texts(in folder: String) throws -> [Data] {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".txt") }
            let base = URL(fileURLWithPath: folder, isDirectory: true)
            return try names.sorted().map { try Data(contentsOf: base.appending(path: $0)) }
        } catch {
            throw EvaluationError.unreadable(file: folder, reason: error.localizedDescription)
        }
    }

    /// Makes a haystack of UTF-8 text, with `separator` between repetitions.
    public init(text: [UInt8], separator: String = "\n\n", tokenizer: Tokenizer) {
        self.text = text + Array(separator.utf8)
        tokenEnds = tokenizer.encode(utf8: self.text).map(\.byteRange.upperBound)
        sentenceEnds = Sentence.all(in: self.text).map(\.textRange.upperBound)
    }

    /// Tokens of the first sentence: a shorter text has nothing to hide a sentence in. Nil where there is no sentence.
    var shortestLength: Int? {
        guard let end = sentenceEnds.first else { return nil }
        return tokenEnds.firstIndex { $0 >= end }.map { $0 + 1 }
    }

    /// The first `length` tokens of the text, repeated as needed and cut at a sentence end, with sentences hidden in them.
    /// - Parameter length: Tokens wanted, hidden sentences not counted; the text ends at the last sentence end within them.
    public func text(length: Int, hiding hidden: [Hidden]) -> String {
        let copies = length / tokenEnds.count
        let rest = length % tokenEnds.count
        let end = lastSentenceEnd(notBehind: copies * text.count + (rest > 0 ? tokenEnds[rest - 1] : 0))
        let places = hidden.map { item in
            (item.depth >= 1 ? end : lastSentenceEnd(notBehind: Int(item.depth * Double(end))), item.sentence)
        }

        var bytes: [UInt8] = []
        bytes.reserveCapacity(end + hidden.reduce(0) { $0 + $1.sentence.utf8.count + 1 })
        var start = 0
        func appendText(to place: Int) {
            if start == 0, place > 0, !bytes.isEmpty { bytes.append(0x20) }
            append(start..<place, to: &bytes)
            start = place
        }
        for (place, sentence) in places.enumerated().sorted(by: { ($0.1.0, $0.0) < ($1.1.0, $1.0) }).map(\.1) {
            appendText(to: place)
            if !bytes.isEmpty { bytes.append(0x20) }
            bytes.append(contentsOf: sentence.utf8)
        }
        appendText(to: end)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The last sentence end at or before an offset of the endlessly repeated text; 0 when there is none.
    private func lastSentenceEnd(notBehind offset: Int) -> Int {
        let start = offset / text.count * text.count
        var low = 0
        var high = sentenceEnds.count
        while low < high {
            let middle = (low + high) / 2
            if sentenceEnds[middle] <= offset - start { low = middle + 1 } else { high = middle }
        }
        if low > 0 { return start + sentenceEnds[low - 1] }
        guard start > 0, let last = sentenceEnds.last else { return 0 }
        return start - text.count + last
    }

    /// Appends a stretch of the endlessly repeated text.
    private func append(_ range: Range<Int>, to bytes: inout [UInt8]) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let start = offset % text.count
            let count = min(text.count - start, range.upperBound - offset)
            bytes.append(contentsOf: text[start..<(start + count)])
            offset += count
        }
    }
}
