import InfiniRetri

/// What a change of an index came to, as JSON or in words.
struct IndexChangeReport: Encodable {
    var index: String
    var added: Int
    var unchanged: Int
    var removed: Int
    var moved: Int
    var windows: Int
    var processedTokens: Int
    var seconds: Double
    var documents: Int
    var tokens: Int
    var bytes: Int
    var skipped: [OmissionReport.Entry]
    var notes: [OmissionReport.Entry]

    init(_ outcome: IndexChange, index: AttentionIndex) {
        self.index = index.path
        added = outcome.added
        unchanged = outcome.unchanged
        removed = outcome.removed
        moved = outcome.moved
        windows = outcome.windows
        processedTokens = outcome.processedTokens
        seconds = outcome.seconds
        documents = index.documents.count
        tokens = index.sizes.tokens
        bytes = index.sizes.bytes
        let report = OmissionReport(omissions: outcome.omissions)
        (skipped, notes) = (report.skipped, report.notes)
    }

    /// Two lines for people.
    var text: String {
        let speed = seconds > 0 ? Int(Double(processedTokens) / seconds) : 0
        return """
            \(Quantity.count(added, "document")) added, \(Quantity.count(unchanged)) unchanged, \
            \(moved > 0 ? "\(Quantity.count(moved)) moved, " : "")\(Quantity.count(removed)) removed; \(Quantity.count(windows)) windows in \
            \(Quantity.fixed(seconds, digits: 1)) s (\(Quantity.count(speed)) tokens/s)
            \(index): \(Quantity.count(documents, "document")), \(Quantity.count(tokens)) tokens, \(Quantity.bytes(bytes))

            """
    }
}
