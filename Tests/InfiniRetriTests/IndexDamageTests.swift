import Foundation
import InfiniRetri
import TestSupport
import Testing
import Transformer

/// Indexes that were cut off, damaged or forged.
@Suite struct IndexDamageTests {
    private let sample: IndexSample
    private let path: String
    private let documents: [Document]
    private let surgery: IndexSurgery

    init() throws {
        sample = try IndexSample()
        path = sample.folder.path("texts.iridx")
        documents = [
            try sample.write("one", paragraphs: 24), try sample.write("two", paragraphs: 3),
            try sample.write("three", paragraphs: 17),
        ]
        _ = try sample.builder().build(path, from: documents)
        surgery = try IndexSurgery(path: path)
    }

    /// Opens, verifies and asks; the errors that a damaged file may bring.
    private func isRefused(_ path: String) throws -> Bool {
        do {
            try AttentionIndex(path: path).verify()
            return false
        } catch is IndexError {
            return true
        }
    }

    @Test func everyFlippedBitIsFound() throws {
        let records = surgery.records
        #expect(records.map(\.kind).prefix(3) == [1, 2, 3] && Set(records.map(\.kind)) == [1, 2, 3, 4, 6])
        // All bytes of the headers, and of the rest as many as take a few seconds.
        var places = records.flatMap { Array($0.header) }
        places += stride(from: 0, to: surgery.bytes.count, by: 211)
        let copy = sample.folder.path("copy.iridx")
        var generator = SeededGenerator(seed: 5)
        for place in places {
            var damaged = surgery
            damaged.bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            try damaged.write(to: copy)
            #expect(try isRefused(copy), "byte \(place)")
        }
    }

    @Test func aBuildThatWasCutOffGoesOn() async throws {
        let expected = try await sample.evidence(path)
        let index = try AttentionIndex(path: path)
        let copy = sample.folder.path("copy.iridx")
        let ends = surgery.records.map(\.data.upperBound)
        var generator = SeededGenerator(seed: 6)
        let inside = (0..<12).map { _ in Int.random(in: 1..<surgery.bytes.count, using: &generator) }
        for cut in ends + inside + [1, 63, 64, 65] {
            var cutOff = surgery
            cutOff.bytes = Array(surgery.bytes[..<cut])
            try cutOff.write(to: copy)
            let again = try sample.builder().build(copy, from: documents)
            let resumed = try AttentionIndex(path: copy)
            try resumed.verify()
            #expect(resumed.documents == index.documents, "cut at \(cut)")
            #expect(resumed.unfinishedDocuments.isEmpty && resumed.sizes.incompleteBytes == 0)
            #expect(resumed.sizes.windows == index.sizes.windows)
            let kept = surgery.records.count { $0.kind == 3 && $0.data.upperBound <= cut }
            #expect(again.windows == index.sizes.windows - kept, "at most one window is read again")
            #expect(try await sample.evidence(copy) == expected)
        }
    }

    @Test func whatIsCutOffOpensWithWhatIsWhole() throws {
        let copy = sample.folder.path("copy.iridx")
        for cut in stride(from: 0, to: surgery.bytes.count, by: 487) {
            var cutOff = surgery
            cutOff.bytes = Array(surgery.bytes[..<cut])
            try cutOff.write(to: copy)
            guard let first = surgery.records.first, cut >= first.data.upperBound else {
                let nothing = IndexError.nothingStored(path: copy, bytes: cut)
                #expect(throws: nothing) { try AttentionIndex(path: copy) }
                #expect(throws: nothing) { try sample.builder().add(documents, to: copy) }
                continue
            }
            let index = try AttentionIndex(path: copy)
            try index.verify()
            #expect(index.sizes.bytes + index.sizes.incompleteBytes == cut)
        }
    }

    @Test func afterAChangeTheBatchIsReadFromItsBeginning() throws {
        let window = try #require(surgery.records.first { $0.kind == 3 })
        var cutOff = surgery
        cutOff.bytes = Array(surgery.bytes[..<window.data.upperBound])
        try cutOff.write(to: path)
        _ = try sample.write("one", paragraphs: 9)
        _ = try sample.builder().build(path, from: documents)
        let index = try AttentionIndex(path: path)
        try index.verify()
        #expect(index.documents.map(\.name) == documents.map(\.name))
        #expect(index.documents.first?.bytes == IndexSample.text("one", paragraphs: 9).utf8.count)
        #expect(index.sizes.deadTokens > 0)
    }

    /// Whatever a forged file with right checksums says, it is refused or read, and the process lives.
    @Test(arguments: KeyFormat.allCases) func forgedContentsDoNotCrash(keyFormat: KeyFormat) async throws {
        let sample = try IndexSample(keyFormat: keyFormat)
        let path = sample.folder.path("texts.iridx")
        _ = try sample.builder().build(path, from: documents)
        let surgery = try IndexSurgery(path: path)
        var generator = SeededGenerator(seed: 7)
        let records = surgery.records
        let copy = sample.folder.path("copy.iridx")
        for _ in 0..<300 {
            var forged = surgery
            guard let record = records.randomElement(using: &generator), !record.part.isEmpty else { continue }
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                // Numbers stand at the beginning of a part.
                let range = Bool.random(using: &generator) ? record.part : record.part.prefix(64)
                guard let place = range.randomElement(using: &generator) else { continue }
                forged.bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
            }
            forged.seal(record)
            try forged.write(to: copy)
            do {
                _ = try await sample.evidence(copy)
            } catch is IndexError {
            } catch is ForwardError {
            }
        }
    }

    @Test func forgedSizesDoNotCrash() throws {
        let copy = sample.folder.path("copy.iridx")
        for record in surgery.records {
            for (offset, value) in [(15, UInt8(0xFF)), (23, 0x7F), (8, 0x40), (14, 1), (4, 99), (0, 0)] {
                var forged = surgery
                forged.bytes[record.header.lowerBound + offset] = value
                forged.seal(record)
                try forged.write(to: copy)
                do { _ = try AttentionIndex(path: copy) } catch is IndexError {}
            }
        }
    }

    @Test func unfinishedDocumentsAreNamedAndNotCompacted() throws {
        let window = try #require(surgery.records.first { $0.kind == 3 })
        var cutOff = surgery
        cutOff.bytes = Array(surgery.bytes[..<window.data.upperBound])
        try cutOff.write(to: path)
        #expect(try AttentionIndex(path: path).unfinishedDocuments.map(\.name) == documents.map(\.name))
        #expect(throws: IndexError.unfinished(path: path, documents: 3)) { try sample.builder().compact(path) }
    }
}
