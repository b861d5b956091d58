import InfiniRetri
import Synchronization
import Transformer

/// What several users at once cost each other.
struct ConcurrencyBenchmark {
    var retriever: Retriever
    private let text = BenchmarkText()

    struct Figures: Encodable {
        /// The time of eight asks that start together, as a share of the time that they take one after another.
        var eightAsks: Double
        /// The speed of decoding while another task reads, as a share of its speed alone.
        var decodingBesideReading: Double
        /// The time of the reading beside the decoding, as a multiple of its time alone.
        var readingBesideDecoding: Double
    }

    func run() async throws -> Figures {
        let apart = try await seconds { for index in 0..<8 { try await ask(index) } }
        let together = try await seconds {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<8 { group.addTask { try await ask(index) } }
                try await group.waitForAll()
            }
        }
        let windows = 8
        let decodingAlone = try await decode(128) { $0 >= 128 }
        let readingAlone = try await seconds { try await read(windows) }
        let isRead = Mutex(false)
        async let decoding = decode(100_000) { _ in isRead.withLock { $0 } }
        let reading = try await seconds { try await read(windows) }
        isRead.withLock { $0 = true }
        return Figures(
            eightAsks: together / apart, decodingBesideReading: try await decoding / decodingAlone,
            readingBesideDecoding: reading / readingAlone)
    }

    /// A short text, and an answer of 64 tokens.
    private func ask(_ index: Int) async throws {
        let prose = text.prose(tokens: 1_000, tokenizer: retriever.model.tokenizer)
        let answering = GenerationOptions(maxTokens: 64, minTokens: 64)
        for try await _ in retriever.ask(
            "What does note \(index) say?", of: [.text(prose, name: "benchmark")], answering: .generated(answering))
        {}
    }

    /// A text of some windows, without an answer.
    private func read(_ windows: Int) async throws {
        let window = retriever.plan.window ?? retriever.profile.window
        let prose = text.prose(tokens: window * windows, tokenizer: retriever.model.tokenizer)
        for try await _ in retriever.ask(
            "What does note 17 say?", of: [.text(prose, name: "benchmark")], answering: nil)
        {}
    }

    /// Tokens a second of one text, generated until `isEnough` of their number or the model's context is full; then again from its
    /// start.
    private func decode(_ most: Int, until isEnough: @escaping @Sendable (Int) -> Bool) async throws -> Double {
        let model = retriever.model
        let prompt = model.tokenizer.encode(text.prose(tokens: 64, tokenizer: model.tokenizer)).prefix(64)
        let options = GenerationOptions(maxTokens: 200, minTokens: 200)
        var tokens = 0
        var seconds = 0.0
        while tokens < most, !isEnough(tokens) {
            for try await event in model.generate(Array(prompt), options: options) {
                if case .finished(let usage) = event {
                    tokens += usage.generatedTokens - 1
                    seconds += usage.generationSeconds
                }
            }
        }
        return Double(tokens) / seconds
    }

    private func seconds(_ body: () async throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await body()
        return (ContinuousClock.now - start) / .seconds(1)
    }
}
