import Foundation
import InfiniRetri
import Synchronization
import TestSupport
import Testing

/// Readers of an index that is being written.
@Suite struct IndexReadersTests {
    private let sample: IndexSample
    private let path: String

    init() throws {
        sample = try IndexSample()
        path = sample.folder.path("texts.iridx")
    }

    /// What two readers and a writer know of each other.
    private final class Meeting: Sendable {
        private let begun = Mutex([0, 0])
        private let done = Mutex(false)

        var isDone: Bool { done.withLock { $0 } }

        func writerIsDone() { done.withLock { $0 = true } }

        /// A reader begins to read.
        func begin(_ reader: Int) { begun.withLock { $0[reader] += 1 } }

        /// A reader will read no more.
        func leave(_ reader: Int) { begun.withLock { $0[reader] = .max / 2 } }

        /// Waits until both readers have begun once more, so that they read while the writer goes on.
        func waitForReaders() {
            let before = begun.withLock { $0 }
            while begun.withLock({ zip($0, before).contains { $0 < .max / 2 && $0 == $1 } }) { usleep(500) }
        }
    }

    @Test func twoReadAndAskWhileAWriterAdds() async throws {
        let documents = try ["one", "two", "three"].map { try sample.write($0, paragraphs: 20) }
        _ = try sample.builder().build(path, from: [documents[0]])
        let meeting = Meeting()
        async let first = read(0, meeting)
        async let second = read(1, meeting)
        let outcome = try await add(documents, meeting)
        #expect(outcome.added == 2 && outcome.windows > 4)
        for counts in try await [first, second] {
            #expect(counts.first == 1 && counts == counts.sorted() && counts.count >= outcome.windows)
        }
        #expect(try AttentionIndex(path: path).documents.count == 3)
    }

    /// Adds on a thread of its own, which may wait.
    private func add(_ documents: [Document], _ meeting: Meeting) async throws -> IndexChange {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                let result = Result {
                    try sample.builder().add(documents, to: path) { _ in meeting.waitForReaders() }
                }
                meeting.writerIsDone()
                continuation.resume(with: result)
            }
        }
    }

    /// Opens, verifies and asks until the writer is done.
    /// - Returns: How many documents each reading found.
    private func read(_ reader: Int, _ meeting: Meeting) async throws -> [Int] {
        defer { meeting.leave(reader) }
        var counts: [Int] = []
        repeat {
            meeting.begin(reader)
            let index = try AttentionIndex(path: path, threads: 1)
            try index.verify()
            counts.append(index.documents.count)
            #expect(try await sample.evidence(path, threads: 1).allSatisfy { !$0.isEmpty })
        } while !meeting.isDone
        return counts
    }
}
