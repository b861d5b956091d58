import Foundation
import InfiniRetri

/// Where an evaluation keeps its rows as it goes, so that an interrupted run continues where it stopped.
///
/// `settings.json`: what the results depend on; `rows.jsonl`: a line a finished question; `summary.json` and `report.html`:
/// written at the end.
public final class ResultFolder<Row: Codable> {
    /// The rows of earlier runs with the same settings.
    public private(set) var rows: [Row] = []
    private let folder: URL
    private let journal: FileHandle

    /// Opens a folder, making it if needed, and reads the rows that it holds.
    ///
    /// A last line without line feed, left by a run that was killed while writing, is cut off.
    /// - Throws: `EvaluationError.otherSettings` when the folder belongs to a run with other settings, `.unknownSettings` when
    ///   it does not say which; `.malformedLine` when a row cannot be read; file system errors.
    public init(path: String, settings: [String: String]) throws {
        folder = URL(fileURLWithPath: path, isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "rows.jsonl")
        try Self.claim(folder, settings: settings, rows: file)

        if !FileManager.default.fileExists(atPath: file.path) {
            try Data().write(to: file)
        }
        journal = try FileHandle(forUpdating: file)
        let kept = try KeptResults<Row>.rows(from: journal, of: file.path)
        rows = kept.rows
        try journal.truncate(atOffset: kept.bytes)
        try journal.seekToEnd()
    }

    deinit { try? journal.close() }

    /// Adds a row and hands it to the file system at once.
    public func append(_ row: Row) throws {
        var line = try JSONEncoder.stable.encode(row)
        line.append(0x0A)
        try journal.write(contentsOf: line)
        rows.append(row)
    }

    /// Writes `summary.json`, whole or not at all.
    public func write(_ summary: some Encodable) throws { try ResultFiles.write(summary, to: folder) }

    /// Writes `report.html`, whole or not at all.
    package func write(_ page: ReportPage) throws { try ResultFiles.write(page, to: folder) }

    /// Writes the settings into a folder that is new, and compares them with those of one that is not.
    private static func claim(_ folder: URL, settings: [String: String], rows: URL) throws {
        guard let found = try KeptResults<Row>.settings(in: folder) else {
            // Rows of unknown settings must not be taken for rows of these.
            guard try isEmpty(rows) else {
                throw EvaluationError.unknownSettings(folder: folder.path, reason: "settings.json is missing")
            }
            let file = folder.appending(path: "settings.json")
            return try JSONEncoder.stable.encode(settings).write(to: file, options: .atomic)
        }
        let differing = Set(found.keys).union(settings.keys).filter { found[$0] != settings[$0] }
        guard differing.isEmpty else {
            throw EvaluationError.otherSettings(folder: folder.path, names: differing.sorted())
        }
    }

    /// Whether a file is missing or has no bytes.
    private static func isEmpty(_ file: URL) throws -> Bool {
        do {
            let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? NSNumber
            return size?.intValue == 0
        } catch CocoaError.fileReadNoSuchFile {
            return true
        }
    }
}
