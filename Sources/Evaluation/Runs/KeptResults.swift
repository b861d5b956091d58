import Foundation
import InfiniRetri

/// What a run has left in a folder: which settings it had, and its finished rows.
struct KeptResults<Row: Decodable> {
    /// Nil where the folder has no `settings.json`.
    let settings: [String: String]?
    /// The rows of `rows.jsonl`; a last line without line feed, left by a run that was killed while writing, is not one.
    let rows: [Row]

    /// Reads a folder.
    /// - Throws: `EvaluationError.unreadable` without `rows.jsonl`, `.unknownSettings`, or `.malformedLine`.
    init(folder: URL) throws {
        settings = try Self.settings(in: folder)
        let file = folder.appending(path: "rows.jsonl")
        let handle: FileHandle
        do {
            handle = try FileHandle(forReadingFrom: file)
        } catch {
            throw EvaluationError.unreadable(file: file.path, reason: error.localizedDescription)
        }
        defer { try? handle.close() }
        rows = try Self.rows(from: handle, of: file.path).rows
    }

    /// The settings that a folder names; nil where it has no `settings.json`.
    /// - Throws: `EvaluationError.unknownSettings` where the file is not what an evaluation writes.
    static func settings(in folder: URL) throws -> [String: String]? {
        func unknown(_ reason: String) -> EvaluationError {
            .unknownSettings(folder: folder.path, reason: "settings.json \(reason)")
        }
        let data: Data
        do {
            data = try Data(contentsOf: folder.appending(path: "settings.json"))
        } catch CocoaError.fileReadNoSuchFile {
            return nil
        } catch {
            throw unknown("cannot be read: \(error.localizedDescription)")
        }
        guard let settings = try? JSONDecoder().decode([String: String].self, from: data) else {
            throw unknown("is not what an evaluation writes")
        }
        return settings
    }

    /// The whole lines from the handle's place on, and how many bytes they have.
    /// - Throws: `EvaluationError.malformedLine`.
    static func rows(from handle: FileHandle, of path: String) throws -> (rows: [Row], bytes: UInt64) {
        var rows: [Row] = []
        var bytes = 0
        var number = 0
        var reader = LineReader(handle: handle)
        while let line = try reader.next(), line.isTerminated {
            number += 1
            do {
                rows.append(try JSONDecoder().decode(Row.self, from: line.bytes))
            } catch {
                throw EvaluationError.malformedLine(
                    file: path, line: number, reason: DecodingFailure.reason(error))
            }
            bytes = line.range.upperBound
        }
        return (rows, UInt64(bytes))
    }
}
