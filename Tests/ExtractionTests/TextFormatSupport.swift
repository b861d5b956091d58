import Documents
import Testing

/// A text read as a document of a name, in pieces of a size.
struct Extraction {
    let source: [UInt8]
    var blocks: [TextBlock] = []
    var omissions: [Omission] = []

    init(_ text: String, name: String = "text", pieces: Int = .max) {
        source = Array(text.utf8)
        var parser = TextFormat.detect(source.prefix(TextBlock.headSize), name: name).makeParser()
        for start in stride(from: 0, to: source.count, by: min(pieces, max(1, source.count))) {
            blocks += parser.push(Array(source[start...].prefix(pieces)))
        }
        blocks += parser.finish()
        omissions = parser.takeOmissions()
    }

    var kinds: [TextBlock.Kind] { blocks.map(\.kind) }
    var texts: [String] { blocks.map { String(decoding: $0.text, as: UTF8.self) } }
    /// Without the white space around each.
    var trimmed: [String] {
        texts.map { String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
    }
    /// The blocks of a kind.
    func texts(_ kind: TextBlock.Kind) -> [String] { zip(kinds, trimmed).filter { $0.0 == kind }.map(\.1) }
    var times: [String?] { blocks.map { $0.marks.first?.location.time } }

    /// What of the document stands where a piece of a block's text leads back to.
    func source(of piece: String) -> String? {
        for (block, text) in zip(blocks, texts) {
            guard let range = text.firstRange(of: piece), let first = block.runs.first else { continue }
            var map = OffsetMap(text: first.text, source: first.source)
            for run in block.runs.dropFirst() { map.append(text: run.text, source: run.source) }
            let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
            let place = map.source(of: start..<start + piece.utf8.count)
            return String(decoding: source[place.clamped(to: 0..<source.count)], as: UTF8.self)
        }
        return nil
    }

    /// Whether the blocks hold every byte of the text once, in order.
    var isWhole: Bool {
        var next = 0
        for block in blocks {
            guard !block.text.isEmpty, block.text.count <= TextBlock.longestStretch, block.runs.count == 1,
                block.runs.first?.source == next
            else { return false }
            next += block.text.count
        }
        return blocks.flatMap(\.text) == source
    }

    /// The blocks do not depend on the pieces in which the text comes.
    static func expectStable(_ text: String, name: String = "text", isWhole: Bool = true) {
        let whole = Extraction(text, name: name)
        if isWhole { #expect(whole.isWhole, "\(name): \(whole.texts)") }
        for pieces in [1, 2, 3, 7, 50] {
            let parts = Extraction(text, name: name, pieces: pieces)
            #expect(parts.texts == whole.texts, "\(name) by \(pieces) bytes")
            #expect(parts.kinds == whole.kinds && parts.times == whole.times, "\(name) by \(pieces) bytes")
            let isSame = parts.blocks.map(\.runs) == whole.blocks.map(\.runs)
            #expect(isSame, "\(name) by \(pieces) bytes")
            #expect(parts.omissions.map(\.reason) == whole.omissions.map(\.reason))
        }
    }

    /// Reads a text that is long or hostile, in blocks of a file's size.
    static func seconds(_ text: String, name: String) -> (Double, Extraction) {
        let clock = ContinuousClock()
        var found: Extraction?
        let time = clock.measure { found = Extraction(text, name: name, pieces: 1 << 16) }
        return (Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18, found ?? Extraction(""))
    }
}
