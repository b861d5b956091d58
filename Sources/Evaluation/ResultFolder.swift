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
    /// - Throws: `EvaluationError.otherSettings` when the folder belongs to a run with other settings;
    ///   `EvaluationError.malformedLine` when a row cannot be read; file system errors.
    public init(path: String, settings: [String: String]) throws {
        folder = URL(fileURLWithPath: path, isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.claim(folder.appending(path: "settings.json"), settings: settings)

        let file = folder.appending(path: "rows.jsonl")
        if !FileManager.default.fileExists(atPath: file.path) {
            try Data().write(to: file)
        }
        journal = try FileHandle(forUpdating: file)
        var whole: UInt64 = 0
        var number = 0
        var reader = LineReader(handle: journal)
        while let line = try reader.next() {
            number += 1
            guard line.isTerminated else { break }
            do {
                rows.append(try JSONDecoder().decode(Row.self, from: line.bytes))
            } catch {
                throw EvaluationError.malformedLine(
                    file: file.path, line: number, reason: DecodingFailure.reason(error))
            }
            whole = UInt64(line.range.upperBound)
        }
        try journal.truncate(atOffset: whole)
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
    public func write(_ summary: some Encodable) throws {
        var data = try JSONEncoder.stable.encode(summary)
        data.append(0x0A)
        try data.write(to: folder.appending(path: "summary.json"), options: .atomic)
    }

    /// Writes `report.html`, whole or not at all.
    package func write(_ page: ReportPage) throws {
        try Data(page.html.markup.utf8).write(to: folder.appending(path: "report.html"), options: .atomic)
    }

    private static func claim(_ file: URL, settings: [String: String]) throws {
        if let data = try? Data(contentsOf: file) {
            let found = (try? JSONDecoder().decode([String: String].self, from: data)) ?? [:]
            let differing = Set(found.keys).union(settings.keys).filter { found[$0] != settings[$0] }
            guard differing.isEmpty else {
                throw EvaluationError.otherSettings(
                    folder: file.deletingLastPathComponent().path, names: differing.sorted())
            }
        } else {
            try JSONEncoder.stable.encode(settings).write(to: file, options: .atomic)
        }
    }
}
