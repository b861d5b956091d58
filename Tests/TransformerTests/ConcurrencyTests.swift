import Foundation
import Synchronization
import TestSupport
import Testing
import Transformer

/// Many at once: nobody blocks anybody, and nothing changes.
@Suite struct ConcurrencyTests {
    private static let endless = 1_000_000

    /// Work that reports numbers until it is cancelled, or there are `count`.
    private static func numbers(
        _ count: Int, sent: Counter = Counter(), ended: Counter = Counter(), failing: Bool = false
    ) -> AsyncThrowingStream<Int, any Error> {
        AsyncThrowingStream(running: { report in
            defer { ended.add() }
            for number in 0..<count {
                try Task.checkCancellation()
                report(number)
                sent.add()
            }
            if failing { throw ForwardError.noTokens }
        })
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }

        func add() { count.withLock { $0 += 1 } }

        /// Waits until the count is `value`.
        func reach(_ value: Int) async throws {
            while self.value < value { try await Task.sleep(for: .milliseconds(1)) }
        }
    }

    @Test func everythingArrivesInOrder() async throws {
        var next = 0
        for try await number in Self.numbers(5000) {
            #expect(number == next)
            next += 1
        }
        #expect(next == 5000)
    }

    @Test func errorsCloseTheStream() async throws {
        var count = 0
        await #expect(throws: ForwardError.noTokens) {
            for try await _ in Self.numbers(300, failing: true) { count += 1 }
        }
        #expect(count == 300)
    }

    /// A reader that stops reading stops its writer, at a bounded distance.
    @Test func writersWaitForReaders() async throws {
        let (sent, ended) = (Counter(), Counter())
        do {
            let stream = Self.numbers(Self.endless, sent: sent, ended: ended)
            var iterator = stream.makeAsyncIterator()
            #expect(try await iterator.next() == 0)
            try await sent.reach(200)
            try await Task.sleep(for: .milliseconds(50))
            #expect(sent.value < 300)
            #expect(try await iterator.next() == 1)
        }
        try await ended.reach(1)
        #expect(sent.value < 600)
    }

    @Test func cancelledReadersStopWriters() async throws {
        let (sent, ended) = (Counter(), Counter())
        let task = Task {
            for try await number in Self.numbers(Self.endless, sent: sent, ended: ended) where number == 10 {
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        _ = await task.result
        try await ended.reach(1)
        #expect(sent.value < Self.endless)
    }

    /// More work that blocks than there are CPUs, and Swift's own threads stay free.
    @Test func blockingWorkBlocksNobodyElse() async throws {
        let count = 4 * ProcessInfo.processInfo.activeProcessorCount
        let (started, gate) = (Counter(), DispatchSemaphore(value: 0))
        let streams = (0..<count).map { _ in
            AsyncThrowingStream<Int, any Error>(running: { report in
                started.add()
                gate.wait()
                report(1)
            })
        }
        // All of them wait at once; this task still runs, and lets them go.
        try await started.reach(count)
        for _ in 0..<count { gate.signal() }
        for stream in streams { for try await number in stream { #expect(number == 1) } }
    }

    /// Texts that are generated at once go through the model together, and are what each is alone.
    @Test func generatingTogetherIsGeneratingAlone() async throws {
        let model = try TransformerModel.load(RandomModel { $0.contextLength = 400 })
        let options = GenerationOptions(maxTokens: 40, minTokens: 40)
        func text(_ index: Int) async throws -> String {
            let prompt = (0..<(5 + 7 * index)).map { Int32(($0 * 13 + index) % 200) }
            var text = ""
            for try await event in model.generate(prompt, options: options) {
                if case .text(let piece) = event { text += piece }
            }
            return text
        }
        var alone: [String] = []
        for index in 0..<8 { alone.append(try await text(index)) }
        let together = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for index in 0..<8 { group.addTask { (index, try await text(index)) } }
            var texts = [String](repeating: "", count: 8)
            for try await (index, text) in group { texts[index] = text }
            return texts
        }
        #expect(together == alone)
        #expect(Set(alone).count > 1)
    }

    /// One that is cancelled takes none of the others with it.
    @Test func cancellingOneOfManyEndsOnlyThatOne() async throws {
        let model = try TransformerModel.load(RandomModel { $0.contextLength = 400 })
        let options = GenerationOptions(maxTokens: 60, minTokens: 60)
        let ended = await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<5 {
                group.addTask {
                    var tokens = 0
                    for try await event in model.generate([Int32(index), 3, 5], options: options) {
                        if case .finished(let usage) = event { tokens = usage.generatedTokens }
                        if index == 2 { withUnsafeCurrentTask { $0?.cancel() } }
                    }
                    return tokens == 60
                }
            }
            var ended: [Bool] = []
            while let result = await group.nextResult() { ended.append((try? result.get()) ?? false) }
            return ended
        }
        #expect(ended.filter { $0 }.count == 4)
    }
}
