/// One long document made of all texts of a data set: their passages, as blank lines part them, in the order in which they
/// first appear, each once.
struct JoinedContexts: Sendable {
    /// The passages with a blank line between them.
    let text: String

    /// Reads all texts of a data set, one at a time.
    /// - Throws: `EvaluationError` where the file cannot be read any more.
    init(of dataSet: QuestionDataSet) throws {
        var passages: [String] = []
        var seen: Set<String> = []
        var previous: Int?
        for entry in dataSet.entries where entry.contextDigest != previous {
            previous = entry.contextDigest
            for passage in Self.passages(of: try dataSet.record(of: entry).context) where seen.insert(passage).inserted
            {
                passages.append(passage)
            }
        }
        text = passages.joined(separator: "\n\n")
    }

    /// The passages of a text: what stands between lines of white space, without the space around it.
    static func passages(of text: String) -> [String] {
        var passages: [String] = []
        var lines: [Substring] = []
        func end() {
            let passage = lines.joined(separator: "\n")
            if let first = passage.firstIndex(where: { !$0.isWhitespace }),
                let last = passage.lastIndex(where: { !$0.isWhitespace })
            {
                passages.append(String(passage[first...last]))
            }
            lines = []
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            if line.allSatisfy(\.isWhitespace) { end() } else { lines.append(line) }
        }
        end()
        return passages
    }
}
