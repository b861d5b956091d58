import Foundation
import InfiniRetri
import Tokenization

/// A set of questions on a board: an entry of `board.json`.
public struct BoardSet: Sendable {
    /// What the set is made of. A further kind is a case with its fields, and a line in ``BoardSet/task(tokenizer:)``.
    enum Kind: String, CaseIterable {
        /// A JSON Lines file, as `eval qa` reads it.
        case qa
        /// A needle in a haystack, as in `eval nih`.
        case nih
        /// A text, questions, and the row of the text that answers each.
        case table

        /// The fields that name a file or a folder; all of them are needed.
        var paths: [Field] {
            switch self {
            case .qa: [.file]
            case .nih: [.haystack]
            case .table: [.file, .questions, .rows]
            }
        }

        /// The fields that may be left out.
        var options: [Field] {
            switch self {
            case .qa: [.limit, .joined]
            case .nih: [.lengths, .depths]
            case .table: [.limit]
            }
        }
    }

    /// What an entry may hold.
    enum Field: String {
        case name, task, budget, file, limit, joined, haystack, lengths, depths, questions, rows
    }

    /// Those of an entry that are no paths.
    private struct Fields: Decodable {
        var task: String
        var budget: Int?
        var limit: Int?
        var joined: Bool?
        var lengths: [Int]?
        var depths: [Double]?
    }

    /// The set's name, which is also that of its folder of results.
    public let name: String
    /// Evidence tokens that each system may keep.
    public let budget: Int
    /// Fields of the entry that say nothing to its task.
    let unusedFields: [String]
    private let kind: Kind
    private let fields: Fields
    private let paths: [Field: String]
    private let manifest: String

    /// What its task is called, as in the commands of `eval`.
    public var taskName: String { kind.rawValue }

    /// Checks an entry, and that its files are there.
    /// - Parameters:
    ///   - entry: The JSON object.
    ///   - manifest: The file it stands in; paths begin at its folder.
    ///   - budget: Evidence tokens where the entry names none.
    /// - Throws: `EvaluationError.malformedBoard`, naming the set.
    init(_ entry: [String: Any], named name: String, in manifest: URL, budget: Int) throws(EvaluationError) {
        func malformed(_ reason: String) -> EvaluationError {
            .malformedBoard(file: manifest.path, set: name, reason: reason)
        }
        do {
            fields = try JSONDecoder().decode(Fields.self, from: JSONSerialization.data(withJSONObject: entry))
        } catch {
            throw malformed(DecodingFailure.reason(error))
        }
        guard let kind = Kind(rawValue: fields.task) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw malformed("there is no task \"\(fields.task)\"; there are: \(known)")
        }
        if let limit = fields.limit, limit < 1 { throw malformed("\"limit\" must be 1 or more") }
        self.name = name
        self.kind = kind
        self.manifest = manifest.path
        self.budget = fields.budget ?? budget
        if self.budget < 16 { throw malformed("\"budget\" must be 16 or more") }
        var paths: [Field: String] = [:]
        for key in kind.paths {
            guard let path = entry[key.rawValue] as? String, !path.isEmpty else {
                throw malformed(
                    "\"task\": \"\(kind.rawValue)\" needs the field \"\(key.rawValue)\", the path of a file or folder")
            }
            let full = URL(fileURLWithPath: path, relativeTo: manifest).standardizedFileURL.path
            guard FileManager.default.fileExists(atPath: full) else {
                throw malformed("the \"\(key.rawValue)\" '\(full)' is not there")
            }
            paths[key] = full
        }
        self.paths = paths
        let used: [Field] = [.name, .task, .budget] + kind.paths + kind.options
        unusedFields = Set(entry.keys).subtracting(used.map(\.rawValue)).sorted()
    }

    /// The task, read and checked.
    /// - Throws: `EvaluationError.malformedBoard`, naming the set.
    func task(tokenizer: Tokenizer) throws(EvaluationError) -> any EvaluationTask {
        func path(_ key: Field) -> String { paths[key] ?? "" }
        do {
            switch kind {
            case .qa:
                return QuestionAnsweringTask(
                    try QuestionDataSet(path: path(.file), limit: fields.limit), joined: fields.joined ?? false)
            case .nih:
                let standard = NeedleTask.Grid.standard
                return try NeedleTask(
                    haystack: Haystack(folder: path(.haystack), tokenizer: tokenizer), named: path(.haystack),
                    grid: NeedleTask.Grid(
                        lengths: fields.lengths ?? standard.lengths, depths: fields.depths ?? standard.depths))
            case .table:
                return try TableTask(
                    path: path(.file), questions: path(.questions), rows: path(.rows), limit: fields.limit)
            }
        } catch {
            throw .malformedBoard(file: manifest, set: name, reason: "\(error)")
        }
    }
}
