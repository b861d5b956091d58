import Foundation

/// Results of systems that the program does not run itself: every further folder of a set's with a `rows.jsonl` in the form that
/// evaluations write.
struct OutsideResults {
    private let systems: [(folder: URL, results: KeptResults<EvaluationRow>)]

    /// Reads the folders of a set.
    /// - Parameters:
    ///   - folder: The set's; it may be missing.
    ///   - names: Folders of systems that are run.
    ///   - settings: What the set's results depend on. Budget and layout of texts must be the same where a folder's own
    ///     `settings.json` names them.
    /// - Throws: `EvaluationError.otherSettings`; what ``KeptResults`` throws.
    init(in folder: URL, besides names: [String], settings: [String: String]) throws {
        let files = FileManager.default
        let found = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
        systems = try found.sorted().filter { !names.contains($0) && !$0.hasPrefix(".") }.compactMap { name in
            let folder = folder.appending(path: name)
            guard files.fileExists(atPath: folder.appending(path: "rows.jsonl").path) else { return nil }
            let results = try KeptResults<EvaluationRow>(folder: folder)
            let differing = ["budget", "texts"].filter { key in
                guard let own = settings[key], let other = results.settings?[key] else { return false }
                return own != other
            }
            guard differing.isEmpty else {
                throw EvaluationError.otherSettings(folder: folder.path, names: differing)
            }
            return (folder, results)
        }
    }

    /// The rows of each system for a set's questions; others, as of a larger limit, do not count.
    func rows(for questions: Set<String>) -> [(system: String, rows: [EvaluationRow])] {
        systems.map { system in
            (system.folder.lastPathComponent, system.results.rows.filter { questions.contains($0.id) })
        }
    }
}
