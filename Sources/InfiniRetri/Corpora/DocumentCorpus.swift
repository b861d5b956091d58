import Documents
import Foundation

/// Documents that are read as a stream, a window at a time.
package struct DocumentCorpus: Corpus {
    private let documents: [Document]
    private let meter: CostMeter
    private var windows: WindowReader
    package private(set) var tokenCount: Int?

    package init(_ documents: [Document], context: RetrievalContext) {
        self.documents = documents
        meter = context.meter
        windows = WindowReader(
            PassageReader(
                documents, unit: context.profile.unit, segmentation: context.plan.segmentation, window: context.window,
                tokenizer: context.tokenizer),
            windowSize: context.window, totalBytes: Document.totalBytes(of: documents))
    }

    package var progress: ReadingProgress? { windows.progress }

    package mutating func next() throws -> DocumentWindow? {
        if let chunk = try windows.nextChunk() { return DocumentWindow(passages: chunk.passages) }
        tokenCount = windows.reader.tokenCount
        meter.documentTokens = windows.reader.tokenCount
        meter.add(windows.reader.tokenizing, to: .tokenize)
        return nil
    }

    package func name(ofDocument document: Int) -> String { documents[document].name }
}

/// As many consecutive passages as a window holds.
package struct DocumentWindow: PassageBlock {
    package let passages: [Passage]

    package init(passages: [Passage]) { self.passages = passages }

    package var count: Int { passages.count }
    package var isCounted: Bool { false }

    package func tokenCount(_ index: Int) -> Int { passages[index].tokenCount }
    package func textHash(_ index: Int) -> Int { passages[index].tokens.hashValue }
    package func passage(_ index: Int) -> Passage? { passages[index] }

    package func withText<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        Array(passages[index].text.utf8).withUnsafeBytes(body)
    }
}

extension Document {
    /// Bytes of all documents, where that is known before they are read.
    static func totalBytes(of documents: [Document]) -> Int? {
        var total = 0
        for document in documents {
            switch document {
            case .text(let text, _): total += text.utf8.count
            case .standardInput: return nil
            case .file(let path):
                let attributes = try? FileManager.default.attributesOfItem(atPath: path)
                guard let size = attributes?[.size] as? Int, attributes?[.type] as? FileAttributeType == .typeRegular
                else { return nil }
                total += size
            }
        }
        return total
    }
}
