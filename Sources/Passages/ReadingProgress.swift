import Documents

/// How far reading has come.
public struct ReadingProgress: Sendable, Hashable {
    /// Windows read.
    public var windows = 0
    /// Tokens of the documents read.
    public var documentTokens = 0
    /// Bytes of the documents read.
    public var bytesRead = 0
    /// Bytes of all documents, where that is known before the end (not for standard input).
    public var totalBytes: Int?
    /// Tokens of all documents, where they are cut before they are read.
    public var totalTokens: Int?
    /// Seconds since the first window.
    public var seconds = 0.0

    /// Nothing read yet.
    public init(totalBytes: Int? = nil, totalTokens: Int? = nil) {
        self.totalBytes = totalBytes
        self.totalTokens = totalTokens
    }

    /// Document tokens a second so far.
    public var tokensPerSecond: Double { seconds > 0 ? Double(documentTokens) / seconds : 0 }

    /// Seconds until the last window, as far as can be told.
    public var secondsLeft: Double? {
        let (done, total) = totalTokens.map { (documentTokens, $0) } ?? (bytesRead, totalBytes ?? 0)
        guard done > 0, total > 0 else { return nil }
        return seconds * Double(max(0, total - done)) / Double(done)
    }
}
