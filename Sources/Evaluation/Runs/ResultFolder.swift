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

    /// Writes the settings into a folder that is new, and compares them with those of one that is not.
    private static func claim(_ folder: URL, settings: [String: String], rows: URL) throws {
        let file = folder.appending(path: "settings.json")
        // Rows of unknown settings must not be taken for rows of these.
        func unknown(_ reason: String) -> EvaluationError {
            .unknownSettings(folder: folder.path, reason: "settings.json \(reason)")
        }
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch CocoaError.fileReadNoSuchFile {
            guard try isEmpty(rows) else { throw unknown("is missing") }
            return try JSONEncoder.stable.encode(settings).write(to: file, options: .atomic)
        } catch {
            throw unknown("cannot be read: \(error.localizedDescription)")
        }
        guard let found = try? JSONDecoder().decode([String: String].self, from: data) else {
            throw unknown("is not what an evaluation writes")
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
