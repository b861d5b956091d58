import Tensors
import Tokenization

/// What is ranked and kept as a whole.
public enum PassageUnit: String, Sendable, Hashable, Codable, CaseIterable {
    /// Single sentences.
    case sentence
    /// Consecutive sentences of one paragraph, row or turn, at most ``Segmentation/longestPassage`` tokens of them.
    case paragraph
}

/// Streams the passages of documents: blocks -> sentences -> tokens -> passages.
package struct PassageReader {
    private let unit: PassageUnit
    private let segmentation: Segmentation
    private let longestPassage: Int
    private let tokenizer: Tokenizer

    /// Bytes of all documents up to the end of the passage given last. Blocks are read well ahead of that.
    package private(set) var bytesRead = 0
    /// Tokens of all documents read so far.
    package private(set) var tokenCount = 0
    /// Time for cutting and tokenizing.
    package private(set) var tokenizing: Duration = .zero
    /// Size and CRC-32C of every document that is read to its end.
    package private(set) var digests: [(bytes: Int, checksum: UInt32)] = []

    /// Bytes of the documents before each.
    private var documentStarts: [Int] = []
    private var remaining: ArraySlice<Document>
    private let documentCount: Int
    private var blocks: BlockReader?
    private var segmenter: SentenceSegmenter
    private var open: Passage?
    private var ready: [Passage] = []
    private var nextReady = 0

    /// - Parameter window: Tokens of the windows that the passages are to fill, if any.
    package init(
        _ documents: [Document], unit: PassageUnit, segmentation: Segmentation = Segmentation(), window: Int? = nil,
        tokenizer: Tokenizer
    ) {
        remaining = documents[...]
        documentCount = documents.count
        self.unit = unit
        self.segmentation = segmentation
        longestPassage = segmentation.longestPassage(inWindow: window)
        segmenter = SentenceSegmenter(segmentation)
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
        bytesRead = documentStarts[passage.document] + passage.source.byteRange.upperBound
        return passage
    }

    /// Reads a stretch more. `false` when there is nothing left.
    private mutating func readOn() throws -> Bool {
        if blocks == nil {
            guard let document = remaining.first else { return false }
            blocks = try BlockReader(document)
            documentStarts.append(digests.reduce(0) { $0 + $1.bytes })
            segmenter = SentenceSegmenter(segmentation)
        }
        let document = documentCount - remaining.count
        if let read = try blocks?.next(), let map = blocks?.map {
            let start = ContinuousClock.now
            for block in read {
                for sentence in segmenter.sentences(of: block, map: map) { take(sentence, of: document) }
            }
            tokenizing += ContinuousClock.now - start
            blocks?.forgetMap(before: segmenter.openStart)
        } else {
            if let digest = blocks?.digest { digests.append(digest) }
            blocks = nil
            remaining.removeFirst()
            if let last = open { ready.append(last) }
            open = nil
        }
        return true
    }

    private mutating func take(_ sentence: Sentence, of document: Int) {
        let pieces = TokenizedSentence.pieces(
            of: sentence, document: document, longest: longestPassage, tokenizer: tokenizer)
        for piece in pieces {
            tokenCount += piece.tokens.count
            if unit == .paragraph, !piece.sentence.startsPassage, var passage = open, passage.isContinued(by: piece),
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
}
