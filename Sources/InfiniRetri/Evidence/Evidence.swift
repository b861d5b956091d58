import Documents
import Passages

/// A stretch of a document that the answer stands in, as the model's attention says.
public struct Evidence: Sendable, Hashable {
    /// Name of the document.
    public let document: String
    /// The bytes of the file; nil where the document is no text, or is packed.
    public let byteRange: Range<Int>?
    /// Where it stands in the document's extracted text, in UTF-8 bytes.
    public let textRange: Range<Int>
    /// The line on which it begins, counted from 1; nil where there are no lines.
    public let line: Int?
    /// What the document's format has for finding it again: page, cell, chapter.
    public let location: Location?
    /// The text; what was no UTF-8 is repaired with U+FFFD.
    public let text: String
    /// Sentences of the document that the text is read behind, in their order: its headings, its table's header, the beginning of the
    /// paragraph or turn that it goes on from.
    public let context: [Context]
    /// Retrieval score: higher is better. Comparable within one answer.
    public let score: Float
    /// The attention that each token gets; `nil` where nobody asked (``RetrievalPlan/scoresTokens``).
    public let tokenScores: [TokenScore]?

    /// A sentence that stands before the text where it is read by itself.
    public struct Context: Sendable, Hashable {
        /// The sentence.
        public let text: String
        /// Where it stands in the document's extracted text, in UTF-8 bytes.
        public let textRange: Range<Int>

        /// A sentence from its parts.
        public init(text: String, textRange: Range<Int>) {
            self.text = text
            self.textRange = textRange
        }
    }

    /// The text behind its context, as it is read.
    package var readableText: String { (context.map(\.text) + [text]).joined(separator: "\n") }

    /// Where it is, for people: `report.pdf, page 12`, `notes.txt:7`.
    public var place: String {
        if let location = location?.description, !location.isEmpty { return "\(document), \(location)" }
        return document + (line.map { ":\($0)" } ?? "")
    }

    /// Evidence from its parts.
    /// - Parameter textRange: Nil takes the bytes: those of a text that is UTF-8 as it is.
    public init(
        document: String, byteRange: Range<Int>?, textRange: Range<Int>? = nil, line: Int?, location: Location? = nil,
        text: String, context: [Context] = [], score: Float, tokenScores: [TokenScore]? = nil
    ) {
        self.document = document
        self.byteRange = byteRange
        self.textRange = textRange ?? byteRange ?? 0..<text.utf8.count
        self.line = line
        self.location = location
        self.text = text
        self.context = context
        self.score = score
        self.tokenScores = tokenScores
    }
}

/// What one question came to.
public struct Answer: Sendable {
    /// The question as it was asked.
    public let question: String
    /// The answer, or `nil` where only evidence was asked for.
    public let text: String?
    /// Where a short answer stands; `nil` for a generated one, or where the evidence has no word.
    public let span: ShortAnswer?
    /// The sentences of the answer, and the evidence that each comes from; none where only evidence was asked for.
    public let statements: [Statement]
    /// The evidence, in the order of reading.
    public let evidence: [Evidence]
    /// What of the documents was not read, or is worth knowing, and why; the same for all questions of a run.
    public let omissions: [Omission]
    /// How probable it is that the text answers the question, 0 to 1; nil where retrieval does not tell, as the paper's order.
    public let answerable: Double?
    /// Whether the question seems to ask about the text as a whole, such as for a summary or a count: then evidence is no more than what
    /// comes nearest to it, and no passage answers.
    public let asksAboutWhole: Bool
    /// The same without the passages that an evaluation leaves out.
    package var answerableWithout: Double?
    /// What it took, as if the question had been asked alone: passes that serve several questions count in full for
    /// each of them, and passes for other questions do not count. Times are those of the whole run.
    public let usage: Usage
    /// What each stage of the pipeline kept, in turn.
    public let stages: [StageReport]

    /// Counts and times.
    public struct Usage: Sendable, Hashable {
        /// Tokens of all documents.
        public var documentTokens = 0
        /// Windows that went through the model, those of later rounds included.
        public var windows = 0
        /// Tokens that went through the model while retrieving and to find a short answer, prompts included.
        public var processedTokens = 0
        /// Tokens of the evidence as it stands in the answer's prompt.
        public var evidenceTokens = 0
        /// Tokens of the generated answer.
        public var generatedTokens = 0
        /// Time for cutting and tokenizing the documents.
        public var tokenizeSeconds = 0.0
        /// Time for reading the documents and for the model's retrieval passes.
        public var retrieveSeconds = 0.0
        /// Of ``retrieveSeconds`` what the scan of an index's keys took; 0 where there is no index.
        public var scanSeconds = 0.0
        /// Time for the answer.
        public var generateSeconds = 0.0
    }
}

/// What happens while questions are answered. `question` is the index of the question.
public enum RetrievalEvent: Sendable {
    /// Another window was read.
    case progress(ReadingProgress)
    /// All documents are read; this was left out of them, or is worth knowing.
    case omissions([Omission])
    /// A question seems to ask about the text as a whole, which no passage answers.
    case aboutWhole(question: Int)
    /// All documents are read; this is what was kept for a question.
    case evidence([Evidence], answerable: Double?, question: Int)
    /// A piece of a generated answer.
    case text(String, question: Int)
    /// A question is answered.
    case answer(Answer, question: Int)
}
