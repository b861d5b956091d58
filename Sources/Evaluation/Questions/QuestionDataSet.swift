import Foundation

/// A JSON Lines file of questions. Every line is checked when it is opened; texts are read again when they are needed, so
/// that a data set of long texts never stands in memory.
public struct QuestionDataSet: Sendable {
    /// What is kept of a line.
    struct Entry: Sendable {
        var id: String
        /// The data set's name, or the file's.
        var group: String
        var question: String
        var answers: [String]
        var line: Int
        var byteRange: Range<Int>
        /// Equal for questions about the same text.
        var contextDigest: Int
    }

    /// The file.
    public let path: String
    let entries: [Entry]

    /// Reads and checks a file, or its first `limit` questions.
    /// - Throws: `EvaluationError`, naming the line.
    public init(path: String, limit: Int? = nil) throws {
        self.path = path
        let handle = try Self.open(path)
        defer { try? handle.close() }
        let fallbackGroup = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        var reader = LineReader(handle: handle)
        var entries: [Entry] = []
        var lineOfID: [String: Int] = [:]
        var number = 0
        while entries.count < limit ?? .max, let line = try reader.next() {
            number += 1
            if line.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
            let record = try Self.decode(line.bytes, path: path, line: number)
            let id = record.id ?? "line-\(number)"
            if let earlier = lineOfID.updateValue(number, forKey: id) {
                throw EvaluationError.malformedLine(
                    file: path, line: number, reason: "the \"_id\" \"\(id)\" stands in line \(earlier) already")
            }
            entries.append(
                Entry(
                    id: id, group: record.dataset ?? fallbackGroup, question: record.question, answers: record.answers,
                    line: number, byteRange: line.range, contextDigest: record.context.hashValue))
        }
        guard !entries.isEmpty else { throw EvaluationError.empty(path: path) }
        self.entries = entries
    }

    /// Reads one question again, text included.
    func record(of entry: Entry) throws -> QuestionRecord {
        let handle = try Self.open(path)
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(entry.byteRange.lowerBound))
        let bytes = try handle.read(upToCount: entry.byteRange.count) ?? Data()
        return try Self.decode(bytes, path: path, line: entry.line)
    }

    private static func open(_ path: String) throws -> FileHandle {
        do {
            return try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch {
            throw EvaluationError.unreadable(file: path, reason: error.localizedDescription)
        }
    }

    private static func decode(_ bytes: Data, path: String, line: Int) throws -> QuestionRecord {
        func malformed(_ reason: String) -> EvaluationError {
            .malformedLine(file: path, line: line, reason: reason)
        }
        let record: QuestionRecord
        do {
            record = try JSONDecoder().decode(QuestionRecord.self, from: bytes)
        } catch {
            throw malformed(DecodingFailure.reason(error))
        }
        let hasOwnQuestion = LongBenchDataSet.named(record.dataset)?.hasOwnQuestion == true
        if record.question.allSatisfy(\.isWhitespace), !hasOwnQuestion {
            throw malformed("the field \"input\" (the question) is empty")
        }
        if record.context.isEmpty { throw malformed("the field \"context\" is empty") }
        if record.answers.isEmpty { throw malformed("the field \"answers\" is empty") }
        for passage in record.gold where !record.context.contains(passage) {
            throw malformed("the passage in \"gold\" does not stand in \"context\"")
        }
        return record
    }
}
