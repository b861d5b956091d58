import Tokenization

/// Generates text token by token, in the caller's own task: see ``LanguageModel/generate(_:options:)`` for a stream.
///
/// ```swift
/// var generator = try TextGenerator(model: model, prompt: ids, options: options, cache: cache)
/// while let event = try generator.next() { ... }
/// ```
public struct TextGenerator {
    private let model: any LanguageModel
    private let options: GenerationOptions
    private let cache: any KeyValueCache
    /// Tokens that the model has not seen: the prompt, then the last token generated.
    private var pending: [TokenID]
    private var sampler: TokenSampler
    private var decoder: StreamingDecoder
    private var filter: StopTextFilter
    private var history: Set<TokenID>
    private var usage: GenerationUsage
    private let endTokens: Set<TokenID>
    /// Events that have happened and were not handed out.
    private var events: [GenerationEvent] = []
    private var isFinished = false

    /// Prepares a generation.
    ///
    /// - Parameters:
    ///   - prompt: The tokens that the text continues, without those that are in `cache`; at least one.
    ///   - cache: What the model has seen before; it will hold the prompt and the text, except for the last token. Nil:
    ///     nothing.
    /// - Throws: ``SamplingError`` for options out of range, ``ForwardError/noTokens`` for an empty prompt.
    public init(
        model: any LanguageModel, prompt: [TokenID], options: GenerationOptions = GenerationOptions(),
        cache: (any KeyValueCache)? = nil
    ) throws {
        guard !prompt.isEmpty else { throw ForwardError.noTokens }
        guard options.maxTokens >= 0 else {
            throw SamplingError.invalidOption(name: "maxTokens", value: "\(options.maxTokens)", range: "of at least 0")
        }
        self.model = model
        self.options = options
        self.cache = cache ?? model.makeCache()
        pending = prompt
        sampler = try TokenSampler(options.sampling)
        decoder = model.tokenizer.makeDecoder()
        filter = StopTextFilter(options.stop)
        history = Set(prompt)
        endTokens = model.tokenizer.endTokens
        usage = GenerationUsage(
            promptTokens: self.cache.count + prompt.count, generatedTokens: 0, promptSeconds: 0, generationSeconds: 0,
            finishReason: .length)
    }

    /// The next event, after as many tokens as it takes to have one; nil after the last, which is
    /// ``GenerationEvent/finished(_:)``.
    ///
    /// - Throws: ``ForwardError``, ``SamplingError``, or `CancellationError` when the task is cancelled.
    public mutating func next() throws -> GenerationEvent? {
        while events.isEmpty && !isFinished {
            try Task.checkCancellation()
            try step()
        }
        return events.isEmpty ? nil : events.removeFirst()
    }

    /// Generates one token, or ends the text.
    private mutating func step() throws {
        guard usage.generatedTokens < options.maxTokens else { return finish(.length) }
        if usage.generatedTokens > 0 && cache.count + pending.count > model.shape.contextLength {
            return finish(.contextFull)
        }
        let start = ContinuousClock.now
        let result = try model.forward(ForwardRequest(tokens: pending, outputs: .last), cache: cache)
        var logits = result.logits.first ?? []
        if usage.generatedTokens < options.minTokens {
            for token in endTokens where logits.indices.contains(Int(token)) { logits[Int(token)] = -.infinity }
        }
        let token = try sampler.next(logits: logits, history: history)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        if usage.generatedTokens == 0 { usage.promptSeconds = seconds } else { usage.generationSeconds += seconds }
        usage.generatedTokens += 1
        pending = [token]
        history.insert(token)
        guard !endTokens.contains(token) else { return finish(.endToken) }
        emit(filter.push(decoder.push(token)))
        if filter.isStopped { finish(.stopText) }
    }

    private mutating func finish(_ reason: GenerationUsage.FinishReason) {
        if !filter.isStopped { emit(filter.push(decoder.finish()) + filter.finish()) }
        usage.finishReason = reason
        events.append(.finished(usage))
        isFinished = true
    }

    private mutating func emit(_ text: String) {
        if !text.isEmpty { events.append(.text(text)) }
    }
}
