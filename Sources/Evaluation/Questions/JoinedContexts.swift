/// One long document made of all texts of a data set: their passages, as blank lines part them, in the order in which they
/// first appear, each once.
struct JoinedContexts: Sendable {
    /// The passages with a blank line between them.
    let text: String

    /// Reads all texts of a data set, one at a time.
    /// - Parameter padding: A folder whose `*.txt` are to stand around them, half of the passages before and half behind.
    /// - Throws: `EvaluationError` where the file cannot be read any more, or the folder holds no text.
    init(of dataSet: QuestionDataSet, padding: String? = nil) throws {
        var passages: [String] = []
        var seen: Set<String> = []
        for entry in dataSet.texts.compactMap(\.first) {
            for passage in Self.passages(of: try dataSet.record(of: entry).context) where seen.insert(passage).inserted
            {
                passages.append(passage)
            }
        }
        var around = try padding.map(Self.padding(in:)) ?? []
        let behind = around.suffix(around.count / 2)
        around.removeLast(behind.count)
        text = (around + passages + behind).joined(separator: "\n\n")
    }

    private static func padding(in folder: String) throws -> [String] {
        let found = try Haystack.texts(in: folder).flatMap { passages(of: String(decoding: $0, as: UTF8.self)) }
        guard !found.isEmpty else { throw EvaluationError.empty(path: folder) }
        return found
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
