import Foundation
import InfiniRetri

/// A JSON Lines file of questions, plain or compressed by xz or gzip. Every line is checked when it is opened; texts are read
/// again when they are needed, so that a data set of long texts never stands in memory.
public struct QuestionDataSet: Sendable {
    /// What is kept of a line.
    struct Entry: Sendable, Identifiable {
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
    /// Whether any question needs more than one passage.
    let needsSeveralPassages: Bool
    private let file: QuestionFile

    /// Reads and checks a file, or its first `limit` questions.
    /// - Throws: `EvaluationError`, naming the line.
    public init(path: String, limit: Int? = nil) throws {
        self.path = path
        file = try QuestionFile(path: path)
        var reader = LineReader(handle: file.handle)
        var entries: [Entry] = []
        var lineOfID: [String: Int] = [:]
        var mostPassages = 0
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
            mostPassages = max(mostPassages, record.gold.count)
            entries.append(
                Entry(
                    id: id, group: record.dataset ?? file.name, question: record.question, answers: record.answers,
                    line: number, byteRange: line.range, contextDigest: Self.digest(of: record.context)))
        }
        guard !entries.isEmpty else { throw EvaluationError.empty(path: path) }
        self.entries = entries
        needsSeveralPassages = mostPassages > 1
    }

    /// The questions, with neighbours about the same text together.
    var texts: [ArraySlice<Entry>] {
        var texts: [ArraySlice<Entry>] = []
        var start = 0
        while start < entries.count {
            let digest = entries[start].contextDigest
            let end = entries[start...].firstIndex { $0.contextDigest != digest } ?? entries.count
            texts.append(entries[start..<end])
            start = end
        }
        return texts
    }

    /// Reads one question again, text included.
    func record(of entry: Entry) throws -> QuestionRecord {
        try Self.decode(try file.bytes(in: entry.byteRange), path: path, line: entry.line)
    }

    /// Of the bytes: a string's own hash takes canonically equal texts for the same, at a price for each character.
    private static func digest(of text: String) -> Int {
        var text = text
        var hasher = Hasher()
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        return hasher.finalize()
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
        // Byte by byte, as evidence is compared with it later.
        for passage in record.gold where EvidenceMetrics.byteRange(of: passage, in: record.context) == nil {
            throw malformed("the passage in \"gold\" does not stand in \"context\"")
        }
        return record
    }
}
