import Foundation
import InfiniRetri
import TestSupport
import Testing
import Transformer

/// Building, changing and asking indexes with a tiny random model: what it finds means nothing, how it behaves does.
@Suite struct AttentionIndexTests {
    private let sample: IndexSample
    private let path: String

    init() throws {
        sample = try IndexSample()
        path = sample.folder.path("texts.iridx")
    }

    private func build(_ documents: [Document]) throws -> IndexChange {
        try sample.builder().build(path, from: documents)
    }

    @Test func evidencePointsIntoTheDocuments() async throws {
        let documents = [try sample.write("one", paragraphs: 40), try sample.write("two", paragraphs: 30)]
        let outcome = try build(documents)
        #expect(outcome.added == 2 && outcome.windows > 5)
        let index = try AttentionIndex(path: path)
        #expect(index.documents.map(\.name) == documents.map(\.name))
        #expect(index.documents.allSatisfy { $0.isFinished && $0.tokens > 100 })
        #expect(index.documents.map(\.tokens).reduce(0, +) == index.sizes.tokens)
        for (evidence, question) in zip(try await sample.evidence(path), IndexSample.questions) {
            #expect(!evidence.isEmpty, "\(question)")
            for piece in evidence {
                let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: piece.document)))
                let range = try #require(piece.byteRange)
                #expect(piece.text == String(decoding: bytes[range], as: UTF8.self))
                #expect(piece.line == 1 + bytes[..<range.lowerBound].count { $0 == 0x0A })
            }
        }
    }

    @Test func threadsAndQuestionsBesideItChangeNothing() async throws {
        _ = try build([try sample.write("one", paragraphs: 60)])
        let one = try await sample.evidence(path, threads: 1)
        #expect(try await sample.evidence(path, threads: 3) == one)
        let index = try AttentionIndex(path: path)
        for (question, together) in zip(IndexSample.questions, one) {
            let events = try Retriever(model: sample.model, plan: sample.plan)
                .ask(question, in: index, answering: nil)
            for try await event in events {
                if case .answer(let answer, _) = event { #expect(answer.evidence == together) }
            }
        }
    }

    @Test func textsOfOneNameAreRefused() throws {
        let texts = ["The first text.", "The second text."].map { Document.text($0, name: "note") }
        #expect(throws: IndexError.ambiguousName("note")) { try build(texts) }
    }

    @Test func buildingAgainDoesNothing() throws {
        let documents = [try sample.write("one", paragraphs: 20)]
        _ = try build(documents)
        let before = try IndexSurgery(path: path).bytes
        let again = try build(documents)
        #expect(again.added == 0 && again.unchanged == 1 && again.windows == 0)
        #expect(try IndexSurgery(path: path).bytes == before)
        let other = try sample.write("other", paragraphs: 20)
        #expect(throws: IndexError.holdsOtherDocuments(path: path, name: documents[0].name)) { try build([other]) }
    }

    @Test(arguments: KeyFormat.allCases) func addRemoveUpdateAndCompact(keyFormat: KeyFormat) async throws {
        let sample = try IndexSample(keyFormat: keyFormat)
        let path = sample.folder.path("texts.iridx")
        let (one, two) = (try sample.write("one", paragraphs: 30), try sample.write("two", paragraphs: 30))
        _ = try sample.builder().build(path, from: [one])
        // What is added is stored as the index says, whatever the builder would begin with.
        var plan = sample.plan
        plan.keyFormat = .int8
        #expect(try IndexBuilder(model: sample.model, plan: plan).add([two, one], to: path).added == 1)
        #expect(try AttentionIndex(path: path).keyFormat == keyFormat)
        #expect(try AttentionIndex(path: path).documents.map(\.name) == [one.name, two.name])

        #expect(throws: IndexError.unknownDocument(path: path, name: "three")) {
            try AttentionIndex.remove([one.name, "three"], from: path)
        }
        #expect(try AttentionIndex.remove([one.name], from: path) == 1)
        let removed = try await sample.evidence(path)
        #expect(removed.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.document == two.name } })

        _ = try sample.write("two", paragraphs: 10)
        let three = try sample.write("three", paragraphs: 15)
        let outcome = try sample.builder().update([sample.folder.path("texts")], in: path)
        // One is still in the folder, two has changed, three is new.
        #expect(outcome.added == 3 && outcome.removed == 1)
        try FileManager.default.removeItem(atPath: one.name)
        #expect(try sample.builder().update([sample.folder.path("texts")], in: path).removed == 1)

        let before = try AttentionIndex(path: path)
        #expect(Set(before.documents.map(\.name)) == [two.name, three.name])
        #expect(before.sizes.deadTokens > 0)
        let expected = try await sample.evidence(path)
        let sizes = try sample.builder().compact(path)
        #expect(sizes.after < sizes.before)
        let after = try AttentionIndex(path: path)
        try after.verify()
        #expect(after.documents == before.documents)
        #expect(after.keyFormat == keyFormat)
        #expect(after.sizes.tokens == before.sizes.tokens && after.sizes.deadTokens == 0)
        let text = String(decoding: try IndexSurgery(path: path).bytes, as: UTF8.self)
        #expect(text.contains("of three tells") && !text.contains("of one tells"))
        #expect(
            try await sample.evidence(path).map { Set($0.map(\.document)) } == expected.map { Set($0.map(\.document)) })
        // What was opened before still shows what it showed.
        try before.verify()
    }

    @Test func aChangedFileIsReadAgain() throws {
        let one = try sample.write("one", paragraphs: 20)
        _ = try build([one])
        _ = try sample.write("one", paragraphs: 25)
        let outcome = try build([one])
        #expect(outcome.added == 1 && outcome.removed == 1)
        let index = try AttentionIndex(path: path)
        #expect(index.documents.count == 1)
        #expect(index.documents.first?.bytes == IndexSample.text("one", paragraphs: 25).utf8.count)
    }

    @Test func readersSeeWhatWasFinishedWhenTheyOpened() async throws {
        let documents = try ["one", "two", "three"].map { try sample.write($0, paragraphs: 25) }
        var counts: [Int] = []
        _ = try sample.builder().build(path, from: documents) { _ in
            guard let index = try? AttentionIndex(path: path) else { return }
            counts.append(index.documents.count)
            #expect(throws: Never.self) { try index.verify() }
            #expect(throws: IndexError.locked(path: path)) { try AttentionIndex.remove(["one"], from: path) }
        }
        #expect(counts.first == 0 && counts == counts.sorted() && counts.contains(1))
        #expect(try AttentionIndex(path: path).documents.count == 3)
    }

    @Test func keysTakeTheRoomOfTheirFormat() async throws {
        let documents = [try sample.write("one", paragraphs: 40)]
        _ = try build(documents)
        let bytes = try AttentionIndex(path: path).sizes
        let dimension = Double(sample.model.shape.headDimension)
        // What a key takes less than in int8: the half of each element and of the scale; or no scale, but a byte more each.
        for (format, saving) in [(KeyFormat.int4, dimension / 2 + 2), (.float16, 4 - dimension)] {
            let other = try IndexSample(keyFormat: format)
            let otherPath = sample.folder.path("\(format.rawValue).iridx")
            _ = try other.builder().build(otherPath, from: documents)
            let sizes = try AttentionIndex(path: otherPath).sizes
            #expect(sizes.tokens == bytes.tokens && sizes.windows == bytes.windows)
            let keys = Double(bytes.bytes - sizes.bytes) / Double(bytes.tokens) / saving
            #expect(keys > 0.8 && abs(keys - keys.rounded()) < 0.2, "\(format): \(keys)")
            #expect(throws: IndexError.self) { try other.builder().build(path, from: documents) }
            #expect(try await !other.evidence(otherPath).joined().isEmpty)
        }
        #expect(try await IndexSample(keyFormat: .float16).evidence(path).places == sample.evidence(path).places)
    }

    @Test func anotherModelOrProfileIsRefusedWithTheReason() async throws {
        let one = try sample.write("one", paragraphs: 20)
        _ = try build([one])
        let other = try IndexSample(seed: 2)
        func refusal(_ work: () async throws -> Void) async -> String {
            do {
                try await work()
                return ""
            } catch { return "\(error)" }
        }
        #expect(await refusal { _ = try await other.evidence(path) }.contains("was built with the model"))
        #expect(await refusal { _ = try other.builder().add([one], to: path) }.contains("was built with the model"))
        func ask(_ profile: RetrievalProfile? = nil, _ change: (inout RetrievalPlan) -> Void = { _ in }) async -> String
        {
            await refusal {
                var plan = sample.plan
                change(&plan)
                let index = try AttentionIndex(path: path)
                for try await _ in try Retriever(model: sample.model, profile: profile, plan: plan)
                    .ask("Why?", in: index, answering: nil)
                {}
            }
        }
        #expect(await ask { $0.window = 300 }.contains("windows of 200 tokens, not"))
        #expect(await ask { $0.order = .fold }.contains("fold reads windows"))
        #expect(await ask { $0.segmentation.longestPassage = 50 }.contains("text cut otherwise"))
        #expect(await ask(.paper).contains("retrieval profile paper"))
        var last = RetrievalProfile.automatic(for: sample.model.shape)
        last.heads = .lastLayer
        #expect(await ask(last).contains("reads other heads"))
    }

    @Test func whatIsNoIndexIsRefused() throws {
        #expect(throws: IndexError.notFound(path: path)) { try AttentionIndex(path: path) }
        #expect(throws: IndexError.notFound(path: path)) { try AttentionIndex.remove(["one"], from: path) }
        let text = try sample.folder.write(String(repeating: "This is a text. ", count: 20), to: "text.txt")
        #expect(throws: IndexError.notAnIndex(path: text)) { try AttentionIndex(path: text) }
        #expect(throws: IndexError.notAnIndex(path: text)) {
            try sample.builder().build(text, from: [.text("One.", name: "one")])
        }
        #expect(try String(contentsOfFile: text, encoding: .utf8).hasPrefix("This is a text."))
        let short = try sample.folder.write("short", to: "short.txt")
        #expect(throws: IndexError.notAnIndex(path: short)) {
            try sample.builder().build(short, from: [.text("One.", name: "one")])
        }
        #expect(throws: (any Error).self) { try AttentionIndex(path: sample.folder.path("texts/..")) }
    }

    @Test func emptyDocumentsAreDocuments() async throws {
        let empty = Document.file(path: try sample.folder.write("", to: "texts/empty.txt"))
        let outcome = try build([empty])
        #expect(outcome.added == 1 && outcome.windows == 0)
        await #expect(throws: IndexError.empty(path: path, isBegun: false)) { try await sample.evidence(path) }
        #expect(try sample.builder().add([try sample.write("one", paragraphs: 5), empty], to: path).unchanged == 1)
        #expect(try await sample.evidence(path).allSatisfy { !$0.isEmpty })
    }
}
