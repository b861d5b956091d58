import Foundation
import InfiniRetri
import TestSupport
import Testing

/// Evidence of documents that are no plain text leads back to where it stands, also through an index and over many windows.
@Suite struct LocationTests {
    private let sample: IndexSample
    private let page: Document

    init() throws {
        sample = try IndexSample()
        let paragraphs = (1...150).map { number in
            "<p id=\"p\(number)\">Entry \(number) tells of \(number * 37) ships. They came back in the year \(1_400 + number).</p>"
        }
        page = .file(
            path: try sample.folder.write(
                "<!doctype html><html><body>\(paragraphs.joined(separator: "\n"))</body></html>", to: "page.html"))
    }

    private func check(_ evidence: [Evidence]) throws {
        #expect(!evidence.isEmpty)
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: page.name)))
        for piece in evidence {
            let element = try #require(piece.location?.element)
            let range = try #require(piece.byteRange)
            let before = String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
            #expect(before.components(separatedBy: "<p id=").last?.hasPrefix("\"\(element.dropFirst())\">") == true)
            #expect(piece.line == 1 + bytes[..<range.lowerBound].count { $0 == 0x0A })
            #expect(piece.text.hasPrefix("Entry \(element.dropFirst(2)) "))
        }
    }

    private func evidence(
        _ events: AsyncThrowingStream<RetrievalEvent, any Error>
    ) async throws -> [Evidence] {
        for try await case .answer(let answer, _) in events { return answer.evidence }
        return []
    }

    @Test func throughWindows() async throws {
        let retriever = try Retriever(model: sample.model, plan: sample.plan)
        try check(try await evidence(retriever.ask("How many ships of entry 99?", of: [page], answering: nil)))
    }

    @Test func throughAnIndex() async throws {
        let path = sample.folder.path("page.iridx")
        let change = try sample.builder().build(path, from: [page])
        #expect(change.windows > 1)
        let index = try AttentionIndex(path: path)
        #expect(index.documents.map(\.kind) == ["html"])
        let retriever = try Retriever(model: sample.model, plan: sample.plan)
        try check(try await evidence(retriever.ask("How many ships of entry 99?", in: index, answering: nil)))
    }
}
