import Tensors
import Tokenization

/// Streams the passages of documents: bytes -> sentences -> tokens -> passages.
package struct PassageReader {
    /// What is ranked and kept as a whole.
    let unit: RetrievalProfile.Unit
    /// Longest passage in tokens: 192, and half a window at most; a longer sentence is cut at token bounds.
    private let longestPassage: Int
    let tokenizer: Tokenizer

    /// Bytes of all documents up to the end of the passage given last. Blocks are read well ahead of that.
    private(set) var bytesRead = 0
    /// Tokens of all documents read so far.
    package private(set) var tokenCount = 0
    private(set) var tokenizing: Duration = .zero

    /// Size and CRC-32C of every document that is read to its end.
    private(set) var digests: [(bytes: Int, checksum: UInt32)] = []
    private var digest: (bytes: Int, checksum: UInt32) = (0, 0)

    /// Bytes of all blocks read so far, and of those that came before each document.
    private var blockBytes = 0
    private var documentStarts: [Int] = []
    private var remaining: ArraySlice<Document>
    private let documentCount: Int
    private var stream: ByteStream?
    private var segmenter = SentenceSegmenter()
    private var open: Passage?
    private var ready: [Passage] = []
    private var nextReady = 0

    /// - Parameter window: Tokens of the windows that the passages are to fill, if any.
    package init(
        _ documents: [Document], unit: RetrievalProfile.Unit, window: Int? = nil, tokenizer: Tokenizer
    ) {
        remaining = documents[...]
        documentCount = documents.count
        self.unit = unit
        longestPassage = window.map { min(192, $0 / 2) } ?? 192
        self.tokenizer = tokenizer
    }

    /// The next passage in the order of reading, or `nil` behind the last document's end.
    package mutating func next() throws -> Passage? {
        while nextReady == ready.count {
            ready.removeAll(keepingCapacity: true)
            nextReady = 0
            guard try readOn() else { return nil }
        }
        let passage = ready[nextReady]
        nextReady += 1
        bytesRead = documentStarts[passage.document] + passage.byteRange.upperBound
        return passage
    }

    /// Reads one more block. `false` when there is nothing left.
    private mutating func readOn() throws -> Bool {
        if stream == nil {
            guard let document = remaining.first else { return false }
            stream = try ByteStream(document)
            documentStarts.append(blockBytes)
            segmenter = SentenceSegmenter()
        }
        let index = documentCount - remaining.count
        let sentences: [Sentence]
        if let block = try stream?.next() {
            blockBytes += block.count
            digest = (digest.bytes + block.count, Checksum.crc32c(block, continuing: digest.checksum))
            sentences = segmenter.push(block)
        } else {
            sentences = segmenter.finish()
            stream = nil
            remaining.removeFirst()
            digests.append(digest)
            digest = (0, 0)
        }
        let start = ContinuousClock.now
        for sentence in sentences { take(sentence, of: index) }
        tokenizing += ContinuousClock.now - start
        if stream == nil, let last = open {
            ready.append(last)
            open = nil
        }
        return true
    }

    private mutating func take(_ sentence: Sentence, of document: Int) {
        for piece in tokenized(sentence, of: document) {
            tokenCount += piece.tokens.count
            if unit == .paragraph, !piece.sentence.startsParagraph, var passage = open, passage.isContinued(by: piece),
                passage.tokenCount + piece.tokens.count <= longestPassage
            {
                open = nil  // keeps the passage's storage unshared while it grows
                passage.append(piece)
                open = passage
            } else {
                if let passage = open { ready.append(passage) }
                open = Passage(piece)
            }
        }
    }

    /// The sentence with its tokens, cut into several where it has more than ``longestPassage`` of them.
    private func tokenized(_ sentence: Sentence, of document: Int) -> [TokenizedSentence] {
        let space =
            sentence.startsParagraph
            ? sentence.leadingSpace.suffix(while: { $0 != .lineFeed }) : sentence.leadingSpace[...]
        let tokens = tokenizer.encode(utf8: space + sentence.bytes)
        guard tokens.count > longestPassage else {
            return [TokenizedSentence(document: document, sentence: sentence, tokens: tokens.map(\.id))]
        }
        return stride(from: 0, to: tokens.count, by: longestPassage).map { start in
            let piece = tokens[start..<min(start + longestPassage, tokens.count)]
            // Token ranges count from the leading space. A piece never begins inside a token, so no byte is lost.
            let lower = start == 0 ? 0 : tokens[start].byteRange.lowerBound - space.count
            let upper = tokens[piece.endIndex - 1].byteRange.upperBound - space.count
            let bytes = sentence.bytes[max(0, lower)..<max(0, upper)]
            return TokenizedSentence(
                document: document,
                sentence: Sentence(
                    byteRange: sentence.byteRange.lowerBound + bytes.startIndex..<sentence.byteRange.lowerBound
                        + bytes.endIndex,
                    line: sentence.line + sentence.bytes[..<bytes.startIndex].count(where: { $0 == .lineFeed }),
                    startsParagraph: start == 0 && sentence.startsParagraph,
                    leadingSpace: start == 0 ? sentence.leadingSpace : [], bytes: Array(bytes)),
                tokens: piece.map(\.id))
        }
    }
}

extension Array {
    /// The longest tail whose elements all satisfy `predicate`.
    func suffix(while predicate: (Element) -> Bool) -> ArraySlice<Element> {
        self[(lastIndex { !predicate($0) }.map { $0 + 1 } ?? startIndex)...]
    }
}
