import Documents
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

    /// Bytes of all documents read so far.
    package var bytesRead: Int { endings.reduce(0) { $0 + ($1?.bytes ?? 0) } + (blocks?.digest.bytes ?? 0) }
    /// Tokens of all documents read so far.
    package private(set) var tokenCount = 0
    /// Time for cutting and tokenizing.
    package private(set) var tokenizing: Duration = .zero
    /// What is known of a document when it is read to its end.
    package struct Ending: Sendable {
        /// Size and CRC-32C of its bytes.
        package var bytes: Int
        package var checksum: UInt32
        /// The name of its format.
        package var kind: String
    }

    /// For every document that is done its ending; nil for those that cannot be read.
    package private(set) var endings: [Ending?] = []
    /// What was left out of the documents, and why; whole documents among it, where they are optional.
    package private(set) var omissions: [Omission] = []
    /// Why documents could not be read, by their numbers.
    package private(set) var failures: [Int: DocumentError] = [:]
    /// Why the first of them could not.
    package var failure: DocumentError? { failures.min { $0.key < $1.key }?.value }

    private var remaining: ArraySlice<Document>
    private let documentCount: Int
    private var blocks: BlockReader?
    private var isWithoutText = true
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
        return passage
    }

    /// Reads a stretch more. `false` when there is nothing left.
    private mutating func readOn() throws -> Bool {
        guard let document = remaining.first else { return false }
        do {
            try readOn(document)
        } catch {
            guard document.isOptional, let parts = error.parts else { throw error }
            omissions.append(Omission(.skipped, document.name, reason: parts.reason))
            failures[documentCount - remaining.count] = error
            endDocument(nil)
        }
        return true
    }

    private mutating func readOn(_ document: Document) throws(DocumentError) {
        if blocks == nil {
            blocks = try BlockReader(document)
            segmenter = SentenceSegmenter(segmentation)
        }
        let number = documentCount - remaining.count
        let read = try blocks?.next()
        omissions += blocks?.takeOmissions() ?? []
        guard let read, let map = blocks?.map else {
            return endDocument(
                blocks.map { Ending(bytes: $0.digest.bytes, checksum: $0.digest.checksum, kind: $0.kind ?? "") })
        }
        let start = ContinuousClock.now
        for block in read {
            for sentence in segmenter.sentences(of: block, map: map) {
                isWithoutText = false
                take(sentence, of: number)
            }
        }
        tokenizing += ContinuousClock.now - start
        blocks?.forgetMap(before: segmenter.openStart)
    }

    private mutating func endDocument(_ ending: Ending?) {
        if ending != nil, isWithoutText, let name = remaining.first?.name {
            omissions.append(Omission(.note, name, reason: "there is no text in it"))
        }
        isWithoutText = true
        endings.append(ending)
        blocks = nil
        remaining.removeFirst()
        if let last = open { ready.append(last) }
        open = nil
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
