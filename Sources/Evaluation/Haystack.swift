import Foundation
import InfiniRetri
import Tokenization

/// A text of any wanted length made of a folder's texts, with a sentence hidden in it.
///
/// The texts (`*.txt`, by name) are joined by blank lines, and repeated where they are shorter than wanted.
public struct Haystack: Sendable {
    private let text: [UInt8]
    /// Where each token of `text` ends.
    private let tokenEnds: [Int]
    /// Where each sentence of `text` ends, ascending.
    private let sentenceEnds: [Int]

    /// Reads a folder.
    /// - Throws: `EvaluationError` when it cannot be read or holds no text.
    public init(folder: String, tokenizer: Tokenizer) throws {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".txt") }.sorted()
        } catch {
            throw EvaluationError.unreadable(file: folder, reason: error.localizedDescription)
        }
        let base = URL(fileURLWithPath: folder, isDirectory: true)
        let texts = try names.map { try Data(contentsOf: base.appending(path: $0)) }
        self.init(text: Array(texts.joined(separator: Data("\n\n".utf8))), tokenizer: tokenizer)
        guard !tokenEnds.isEmpty else { throw EvaluationError.empty(path: folder) }
    }

    /// Makes a haystack of UTF-8 text.
    public init(text: [UInt8], tokenizer: Tokenizer) {
        self.text = text + Array("\n\n".utf8)
        tokenEnds = tokenizer.encode(utf8: self.text).map(\.byteRange.upperBound)
        var segmenter = SentenceSegmenter()
        sentenceEnds = (segmenter.push(self.text) + segmenter.finish()).map(\.byteRange.upperBound)
    }

    /// The first `length` tokens of the text, repeated as needed and cut at a sentence end, with `needle` hidden in them.
    /// - Parameters:
    ///   - length: Tokens wanted, the needle not counted; the text ends at the last sentence end within them.
    ///   - depth: Where the needle goes, 0 the beginning and 1 the end: behind the last sentence that ends before.
    public func text(length: Int, hiding needle: String, depth: Double) -> String {
        let copies = length / tokenEnds.count
        let rest = length % tokenEnds.count
        let wanted = copies * text.count + (rest > 0 ? tokenEnds[rest - 1] : 0)
        let end = lastSentenceEnd(notBehind: wanted)
        let place = depth >= 1 ? end : lastSentenceEnd(notBehind: Int(depth * Double(end)))

        var bytes: [UInt8] = []
        bytes.reserveCapacity(end + needle.utf8.count + 1)
        append(0..<place, to: &bytes)
        if place > 0 { bytes.append(0x20) }
        bytes.append(contentsOf: needle.utf8)
        if place == 0 { bytes.append(0x20) }
        append(place..<end, to: &bytes)
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
