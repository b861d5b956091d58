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

    /// Document tokens a second of a retrieval over `windows` windows, tokenization included.
    func retrieval(_ retriever: Retriever, windows: Int = 6) async throws -> (speed: Double, window: Int) {
        let window = retriever.plan.window ?? retriever.profile.window
        let document = Document.text(
            text.prose(tokens: window * windows, tokenizer: model.tokenizer), name: "benchmark")
        var speed = 0.0
        for try await event in retriever.ask("What does note 17 say?", of: [document], answering: nil) {
            guard case .answer(let answer, _) = event else { continue }
            speed = Double(answer.usage.documentTokens) / (answer.usage.tokenizeSeconds + answer.usage.retrieveSeconds)
        }
        try Task.checkCancellation()
        return (speed, window)
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
