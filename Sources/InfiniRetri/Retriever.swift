import Foundation
import Tokenization
import Transformer

/// Asks questions of texts of any length: reads them window by window, keeps what the model's own attention points at,
/// and answers from that.
///
/// ```swift
/// let retriever = try Retriever(model: TransformerModel.load(path: path))
/// for try await event in retriever.ask("Who wrote it?", of: [.file(path: "book.txt")]) {
///     if case .text(let piece, _) = event { print(piece, terminator: "") }
/// }
/// ```
public struct Retriever: Sendable {
    /// The model that reads and answers.
    public let model: any LanguageModel
    /// The options given.
    public let options: RetrievalOptions
    /// The profile in use: the one given, or the shipped one for the model's shape.
    public let profile: RetrievalProfile

    /// - Throws: ``RetrievalError`` where the profile does not fit the model, or an option makes no sense.
    public init(model: any LanguageModel, options: RetrievalOptions = RetrievalOptions()) throws(RetrievalError) {
        self.model = model
        self.options = options
        profile = options.profile ?? .automatic(for: model.shape)
        try profile.validate()
        _ = try profile.resolvedHeads(in: model.shape)
        guard options.budget >= 16 else {
            throw .invalidOption(name: "budget", reason: "\(options.budget) tokens hold no sentence; take 16 or more")
        }
        guard options.hops >= 0, options.hops == 0 || options.strategy != .fold else {
            throw .invalidOption(
                name: "hops", reason: "they are 0 or more, and not for fold, which carries evidence along as it reads")
        }
        guard windowSize >= 64 else {
            throw .invalidOption(name: "window", reason: "\(windowSize) tokens are too few; take 64 or more")
        }
    }

    /// Answers a question from documents. See ``ask(_:of:answering:)-swift.method`` for several questions.
    ///
    /// - Parameter answering: How the answer is generated, or `nil` to retrieve the evidence alone.
    /// - Returns: What happens, as it happens; ends with an ``RetrievalEvent/answer(_:question:)``. Throws
    ///   ``RetrievalError``, ``DocumentError`` or what the model throws. Ending the iteration, or cancelling its task,
    ///   stops the work between two windows or two generated tokens.
    public func ask(
        _ question: String, of documents: [Document], answering: GenerationOptions? = GenerationOptions()
    ) -> AsyncThrowingStream<RetrievalEvent, any Error> {
        ask([question], of: documents, answering: answering)
    }

    /// Answers several questions in one pass over the documents.
    ///
    /// With ``ReadingOrder/tree`` the document's part of a window is computed once for all questions; with
    /// ``ReadingOrder/fold`` every question has its own windows, and only reading and cutting are shared.
    public func ask(
        _ questions: [String], of documents: [Document], answering: GenerationOptions? = GenerationOptions()
    ) -> AsyncThrowingStream<RetrievalEvent, any Error> {
        AsyncThrowingStream(running: { report in
            try await run(
                questions, from: DocumentRetrieval(documents: documents, retriever: self), answering: answering,
                report: report)
        })
    }

    /// Document tokens read at once.
    var windowSize: Int { options.window ?? profile.window }

    /// Retrieves, then answers question by question.
    func run(
        _ questions: [String], from source: some EvidenceSource, answering: GenerationOptions?,
        report: @Sendable (RetrievalEvent) -> Void
    ) async throws {
        let prompts = try questions.map(prompt)
        let reader = try ModelScorer(model: model, profile: profile, questions: prompts)
        var usage = Answer.Usage()
        let evidence = try source.retrieve(reader: reader, usage: &usage, report: report)
        let shared = usage
        let found = evidence.map { kept in
            kept.map { scored in
                Evidence(
                    document: source.name(ofDocument: scored.passage.document), byteRange: scored.passage.byteRange,
                    line: scored.passage.line, text: scored.passage.text, score: scored.score)
            }
        }
        for (question, evidence) in found.enumerated() { report(.evidence(evidence, question: question)) }
        for question in questions.indices {
            let window = Window(evidence[question].map(\.passage), paragraphBreak: prompts[question].paragraphBreak)
            usage.windows = shared.windows + reader.passes(for: question).windows
            usage.processedTokens = shared.processedTokens + reader.passes(for: question).tokens
            usage.evidenceTokens = window.tokens.count
            usage.generatedTokens = 0
            usage.generateSeconds = 0
            var text: String?
            if let answering {
                let input = prompts[question].answering(from: window.tokens)
                let start = ContinuousClock.now
                let answer = try await model.answer(input, options: answering) { report(.text($0, question: question)) }
                text = answer.text
                usage.generatedTokens = answer.tokens
                usage.generateSeconds = (ContinuousClock.now - start).inSeconds
            }
            let answer = Answer(
                question: questions[question], text: text, evidence: found[question], usage: usage)
            report(.answer(answer, question: question))
        }
    }

    private func prompt(for question: String) throws(RetrievalError) -> QuestionPrompt {
        let trimmed = question.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw .emptyQuestion }
        let prompt = QuestionPrompt(question: trimmed, profile: profile, model: model)
        let contextLength = model.shape.contextLength
        let around = prompt.prefix.count + prompt.suffix.count + prompt.tail.count
        let longestQuestion = contextLength / 4
        guard prompt.rows.count <= longestQuestion else {
            throw .questionTooLong(tokens: prompt.rows.count, limit: longestQuestion)
        }
        // Paragraph breaks come on top of the passages' own tokens.
        let evidence = options.strategy == .fold ? options.budget : 0
        let needed = around + windowSize * 5 / 4 + evidence
        guard needed <= contextLength else {
            throw .windowTooLarge(needed: needed, contextLength: contextLength)
        }
        return prompt
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double { self / .seconds(1) }
}
