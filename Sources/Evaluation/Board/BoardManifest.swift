import Foundation

/// What a board is made of: the sets that `board.json` of a folder lists.
public struct BoardManifest: Sendable {
    /// The sets to run, in the file's order.
    public let sets: [BoardSet]
    /// What the file says in vain.
    public let warnings: [String]

    /// Reads and checks a folder's `board.json`.
    /// - Parameters:
    ///   - names: The sets to run; nil is all. The files of others may be missing.
    ///   - budget: Evidence tokens for sets that do not say how many.
    /// - Throws: `EvaluationError`: the file cannot be read; a set is not what it should be or its files are missing, and the error
    ///   names it; there is no set of a name.
    public init(folder: String, picking names: [String]? = nil, budget: Int) throws(EvaluationError) {
        let file = URL(fileURLWithPath: folder, isDirectory: true).appending(path: "board.json")
        let entries = try Self.entries(of: file)
        for name in names ?? [] where !entries.contains(where: { $0.name == name }) {
            let known = entries.map(\.name).joined(separator: ", ")
            throw .invalidOption("\(file.path) has no set '\(name)'; there are: \(known)")
        }
        var sets: [BoardSet] = []
        for entry in entries where names?.contains(entry.name) != false {
            sets.append(try BoardSet(entry.fields, named: entry.name, in: file, budget: budget))
        }
        self.sets = sets
        warnings = sets.filter { !$0.unusedFields.isEmpty }.map { set in
            let fields = set.unusedFields.map { "\"\($0)\"" }.joined(separator: ", ")
            return "\(file.path): set '\(set.name)': \(fields) says nothing to the task \(set.taskName)"
        }
    }

    /// The entries with their names, which must be fit for folders.
    private static func entries(of file: URL) throws(EvaluationError) -> [(name: String, fields: [String: Any])] {
        func malformed(_ reason: String) -> EvaluationError {
            .malformedBoard(file: file.path, set: nil, reason: reason)
        }
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw .unreadable(file: file.path, reason: error.localizedDescription)
        }
        let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
        guard let object, let fields = object["sets"] as? [[String: Any]], !fields.isEmpty else {
            throw malformed(
                "it should be a JSON object {\"sets\": [{\"name\", \"task\", ...}, ...]} with at least one set")
        }
        var entries: [(name: String, fields: [String: Any])] = []
        for (index, entry) in fields.enumerated() {
            guard let name = entry["name"] as? String else {
                throw malformed("set \(index + 1) of \(fields.count): the field \"name\" is missing or no text")
            }
            // A comma would part the name in --sets.
            let isFit = name.first.map { $0 != "." } == true && !name.contains { "/,\\".contains($0) || $0.isNewline }
            guard isFit else {
                throw malformed(
                    "the name \"\(name)\" is no name for a folder: no beginning with \".\", no \"/\", \"\\\" or comma")
            }
            if entries.contains(where: { $0.name == name }) { throw malformed("two sets are called \"\(name)\"") }
            entries.append((name, entry))
        }
        return entries
    }
}
