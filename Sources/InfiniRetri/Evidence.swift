/// A stretch of a document that the model's attention says the answer stands in.
public struct Evidence: Sendable, Hashable {
    /// Name of the document.
    public let document: String
    /// Where it stands in the document, in UTF-8 bytes.
    public let byteRange: Range<Int>
    /// The line on which it begins, counted from 1.
    public let line: Int
    /// The text between; invalid UTF-8 is repaired with U+FFFD.
    public let text: String
    /// Attention score: higher is better. Comparable within one answer.
    public let score: Float
}

/// What one question came to.
public struct Answer: Sendable {
    /// The question as it was asked.
    public let question: String
    /// The generated answer, or `nil` where only evidence was asked for.
    public let text: String?
    /// The evidence, in the order of reading.
    public let evidence: [Evidence]
    /// What it took, as if the question had been asked alone: passes that serve several questions count in full for
    /// each of them, and passes for other questions do not count. Times are those of the whole run.
    public let usage: Usage

    /// Counts and times.
    public struct Usage: Sendable, Hashable {
        /// Tokens of all documents.
        public var documentTokens = 0
        /// Windows that went through the model, those of later rounds included.
        public var windows = 0
        /// Tokens that went through the model while retrieving, prompts included.
        public var processedTokens = 0
        /// Tokens of the evidence as it stands in the answer's prompt.
        public var evidenceTokens = 0
        /// Tokens of the answer.
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

/// How far reading has come.
public struct RetrievalProgress: Sendable, Hashable {
    /// Windows read.
    public var windows = 0
    /// Tokens of the documents read.
    public var documentTokens = 0
    /// Bytes of the documents read.
    public var bytesRead = 0
    /// Bytes of all documents, where that is known before the end (not for standard input).
    public var totalBytes: Int?
    /// Seconds since the first window.
    public var seconds = 0.0

    /// Document tokens a second so far.
    public var tokensPerSecond: Double { seconds > 0 ? Double(documentTokens) / seconds : 0 }

    /// Seconds until the last window, as far as can be told.
    public var secondsLeft: Double? {
        guard let totalBytes, bytesRead > 0 else { return nil }
        return seconds * Double(max(0, totalBytes - bytesRead)) / Double(bytesRead)
    }
}

/// What happens while questions are answered. `question` is the index of the question.
public enum RetrievalEvent: Sendable {
    /// Another window was read.
    case progress(RetrievalProgress)
    /// All documents are read; this is what was kept for a question.
    case evidence([Evidence], question: Int)
    /// A piece of a generated answer.
    case text(String, question: Int)
    /// A question is answered.
    case answer(Answer, question: Int)
}
