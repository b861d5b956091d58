import InfiniRetri
import Tensors
import Tokenization
import Transformer

/// Measures one model. All figures are medians of warm runs.
struct ModelBenchmark {
    var model: TransformerModel
    var text = BenchmarkText()

    /// Seconds that the first pass takes longer than the second: weights are prepared when they are first used.
    func preparation() throws -> Double {
        let tokens = self.tokens(16)
        let first = try seconds { _ = try model.forward(ForwardRequest(tokens: tokens), cache: model.makeCache()) }
        let second = try seconds { _ = try model.forward(ForwardRequest(tokens: tokens), cache: model.makeCache()) }
        return max(0, first - second)
    }

    /// Tokens a second of a prompt of `count` tokens, its last logits included; nil where the model's context is shorter.
    func prefill(_ count: Int) throws -> Double? {
        guard count <= model.shape.contextLength else { return nil }
        let tokens = self.tokens(count)
        let times = try (0..<(count > 2_048 ? 1 : 3)).map { _ in
            try seconds { _ = try model.forward(ForwardRequest(tokens: tokens), cache: model.makeCache()) }
        }
        return Double(count) / median(times)
    }

    /// Tokens a second of single-token passes behind an empty cache.
    func decode(_ count: Int = 128) throws -> Double {
        let tokens = self.tokens(count)
        let times = try (0..<3).map { _ in
            let cache = model.makeCache()
            return try seconds {
                for token in tokens {
                    try Task.checkCancellation()
                    _ = try model.forward(ForwardRequest(tokens: [token]), cache: cache)
                }
            }
        }
        return Double(count) / median(times)
    }

    /// Tokens a second, all together, of `sequences` texts that are generated at once, each behind `context` tokens; nil where
    /// the model's context is shorter.
    func decode(sequences: Int, behind context: Int, steps: Int = 32) throws -> Double? {
        guard context + steps <= model.shape.contextLength else { return nil }
        let tokens = self.tokens(context + steps)
        let caches = (0..<sequences).map { _ in model.makeCache() }
        if context > 0 {
            // Behind caches of their own: what is shared is read once.
            for cache in caches {
                _ = try model.forward(ForwardRequest(tokens: Array(tokens[..<context]), outputs: .none), cache: cache)
            }
        }
        let times = try (0..<3).map { _ in
            for cache in caches { cache.truncate(to: context) }
            return try seconds {
                for token in tokens[context...] {
                    try Task.checkCancellation()
                    _ = try model.forward(
                        caches.map { SequenceRequest(ForwardRequest(tokens: [token]), cache: $0) })
                }
            }
        }
        return Double(sequences * steps) / median(times)
    }

    /// A retrieval over `windows` windows.
    /// - Returns: Document tokens a second with one question, tokenization included; and what each further question takes, as a
    ///   share of that time.
    func retrieval(
        _ retriever: Retriever, windows: Int = 6, furtherQuestions: Int = 8
    ) async throws -> (speed: Double, furtherQuestion: Double, window: Int) {
        let window = retriever.plan.window ?? retriever.profile.window
        let document = Document.text(
            text.prose(tokens: window * windows, tokenizer: model.tokenizer), name: "benchmark")
        func usage(_ questions: Int) async throws -> Answer.Usage {
            var usage: Answer.Usage?
            let questions = (0..<questions).map { "What does note \(17 + 31 * $0) say?" }
            for try await event in retriever.ask(questions, of: [document], answering: nil) {
                if case .answer(let answer, _) = event { usage = answer.usage }
            }
            try Task.checkCancellation()
            guard let usage else { throw CancellationError() }
            return usage
        }
        let one = try await usage(1)
        let seconds = one.tokenizeSeconds + one.retrieveSeconds
        let many = try await usage(1 + furtherQuestions)
        let further = (many.retrieveSeconds - one.retrieveSeconds) / Double(furtherQuestions)
        return (Double(one.documentTokens) / seconds, further / seconds, window)
    }

    /// Operations of the linear layers in a prefill of `count` tokens: a multiply-add counts two; the output head runs on
    /// the last token only.
    func linearOperations(_ count: Int) -> Double {
        let shape = model.shape
        let query = shape.embedding * shape.heads * shape.headDimension
        let keyValue = shape.embedding * shape.keyValueHeads * shape.headDimension
        let block = 2 * query + 2 * keyValue + 3 * shape.embedding * shape.feedForward
        return 2 * (Double(shape.layers) * Double(block) * Double(count) + Double(shape.vocabulary * shape.embedding))
    }

    /// Operations of attention in a prefill of `count` tokens: products with keys and values of what each token sees.
    func attentionOperations(_ count: Int) -> Double {
        let shape = model.shape
        return 2 * Double(shape.layers * shape.heads * shape.headDimension) * Double(count) * Double(count)
    }

    private func tokens(_ count: Int) -> [TokenID] {
        Array(model.tokenizer.encode(text.prose(tokens: count, tokenizer: model.tokenizer)).prefix(count))
    }

    private func seconds(_ body: () throws -> Void) throws -> Double {
        try Task.checkCancellation()
        let start = ContinuousClock.now
        try body()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// Plain prose of any length, the same every time.
struct BenchmarkText {
    private let subjects = [
        "The ferry", "A baker", "Our neighbour", "The old lighthouse", "Her brother", "The council",
    ]
    private let verbs = ["waited for", "painted", "described", "repaired", "forgot", "measured"]
    private let objects = [
        "the stone bridge", "a map of the coast", "two letters", "the harbour clock", "an empty barrel",
    ]

    /// Text of at least `tokens` tokens.
    func prose(tokens: Int, tokenizer: Tokenizer) -> String {
        var text = ""
        var number = 0
        repeat {
            // Paragraphs of six sentences; the numbers keep them from being all alike.
            for _ in 0..<48 {
                let subject = subjects[number % subjects.count]
                let verb = verbs[number / 3 % verbs.count]
                text += "\(subject) \(verb) \(objects[number / 7 % objects.count]) in note \(number)."
                text += number % 6 == 5 ? "\n\n" : " "
                number += 1
            }
        } while tokenizer.encode(text).count < tokens
        return text
    }
}
