@_exported import Documents
@_exported import Passages
import Foundation
@_exported import KeyIndex
import Tokenization
@_exported import Transformer

/// Asks questions of texts of any length: reads them window by window, keeps what the model's own attention points at,
/// and answers from that.
///
/// ```swift
/// let retriever = try Retriever(model: TransformerModel.load(path: path))
/// for try await event in retriever.ask("Who wrote it?", of: [.file(path: "book.txt")]) {
///     if case .text(let piece, _) = event { print(piece, terminator: "") }
/// }
/// ```
///
/// A retriever is a value; several tasks may use one at once. What happens between question and evidence is ``Pipeline``.
public struct Retriever: Sendable {
    /// The model that reads and answers.
    public let model: any LanguageModel
    /// How the model's attention is read: the profile given, or the shipped one for the model's shape.
    public let profile: RetrievalProfile
    /// How documents are searched: the plan given, with the profile's window where it names none.
    public let plan: RetrievalPlan

    /// - Throws: ``RetrievalError`` where the profile does not fit the model, or a number of the plan makes no sense.
    public init(
        model: any LanguageModel, profile: RetrievalProfile? = nil, plan: RetrievalPlan = .standard
    ) throws(RetrievalError) {
        let settings = try RetrievalSettings(profile, plan, for: model)
        self.model = model
        self.profile = settings.profile
        self.plan = settings.plan
    }

    /// Answers a question from documents. See ``ask(_:of:answering:)-swift.method`` for several questions.
    ///
    /// - Parameter answering: How it is answered, or `nil` to retrieve the evidence alone.
    /// - Returns: What happens, as it happens; ends with an ``RetrievalEvent/answer(_:question:)``. Throws
    ///   ``RetrievalError``, ``DocumentError`` or what the model throws. Ending the iteration, or cancelling its task,
    ///   stops the work between two windows or two generated tokens.
    public func ask(
        _ question: String, of documents: [Document], answering: Answering? = .generated()
    ) -> AsyncThrowingStream<RetrievalEvent, any Error> {
        ask([question], of: documents, answering: answering)
    }

    /// Answers several questions in one pass over the documents.
    ///
    /// With ``ReadingOrder/tree`` the document's part of a window is computed once for all questions; with
    /// ``ReadingOrder/fold`` every question has its own windows, and only reading and cutting are shared. With the stage
    /// ``RetrievalPlan/Stage/keys`` the documents are read into a temporary index, without the questions.
    public func ask(
        _ questions: [String], of documents: [Document], answering: Answering? = .generated()
    ) -> AsyncThrowingStream<RetrievalEvent, any Error> {
        ask(questions, of: documents, answering: answering, leavingOut: [])
    }

    /// - Parameter leftOut: For each question places, in bytes of extracted text: the answer says how answerable it is without them.
    package func ask(
        _ questions: [String], of documents: [Document], answering: Answering?,
        leavingOut leftOut: [[Range<Int>]]
    ) -> AsyncThrowingStream<RetrievalEvent, any Error> {
        AsyncThrowingStream(running: { report in
            try await run(questions, stages: [.windows, .lexical], answering: answering, report: report) { context in
                var context = context
                context.leftOut = leftOut
                let progress = { report(.progress($0)) }
                guard context.plan.stages?.contains(.keys) == true else {
                    let corpus = try Corpus(reading: documents, context: context)
                    return try evidence(from: corpus, index: nil, context, report: progress)
                }
                return try TemporaryIndex.with(documents, context: context, model: model, report: progress) { index in
                    try evidence(in: index, context, report: progress)
                }
            }
        })
    }

    /// Answers a question from an attention index. See ``ask(_:in:answering:)-swift.method`` for several questions.
    public func ask(
        _ question: String, in index: AttentionIndex, answering: Answering? = .generated()
    ) -> AsyncThrowingStream<RetrievalEvent, any Error> {
        ask([question], in: index, answering: answering)
    }

    /// Answers several questions from an attention index; they share one scan.
    ///
    /// - Parameter filter: Which of its documents are asked.
    /// - Returns: What happens, as for documents; throws ``IndexError`` besides, where the index was built with another
    ///   model, profile or plan.
    public func ask(
        _ questions: [String], in index: AttentionIndex, filter: DocumentFilter = DocumentFilter(),
        answering: Answering? = .generated()
    ) -> AsyncThrowingStream<RetrievalEvent, any Error> {
        AsyncThrowingStream(running: { report in
            try await run(questions, stages: [.keys, .lexical], answering: answering, report: report) { context in
                try evidence(in: index, filter: filter, context, report: { report(.progress($0)) })
            }
        })
    }

    /// Retrieves, then answers question by question.
    /// - Parameters:
    ///   - stages: The first stages where the plan names none.
    ///   - retrieve: Gives the evidence for each question: passages, and pieces with their documents' names.
    private func run(
        _ questions: [String], stages: [RetrievalPlan.Stage], answering: Answering?,
        report: @Sendable (RetrievalEvent) -> Void, retrieve: (RetrievalContext) throws -> [Found]
    ) async throws {
        let context = try context(for: questions, stages: stages)
        let asksAboutWhole = try asksAboutWhole(questions, context)
        for question in questions.indices where asksAboutWhole[question] { report(.aboutWhole(question: question)) }
        let found = try context.meter.time(.retrieve) { try retrieve(context) }
        if !context.meter.omissions.isEmpty { report(.omissions(context.meter.omissions)) }
        for (question, found) in found.enumerated() {
            report(.evidence(found.evidence, answerable: found.answerable, question: question))
        }
        let answers = context.plan.answers
        let writer = AnswerWriter(model: model, template: profile.prompt, plan: answers)
        for (question, found) in found.enumerated() {
            let prompt = context.questions[question]
            let window = Window(found.passages, paragraphBreak: prompt.paragraphBreak)
            let seemsAnswered = !asksAboutWhole[question] && found.answerable ?? 1 >= answers.leastProbability
            var written = AnswerWriter.Written()
            if let answering, answers.answersAnyway || seemsAnswered {
                written = try await writer.answer(
                    questions[question], prompt, from: found.evidence, as: window.tokens, in: found.corpus, answering
                ) { report(.text($0, question: question)) }
            }
            var usage = context.meter.usage(of: question)
            usage.evidenceTokens = window.tokens.count
            usage.processedTokens += written.processedTokens
            usage.generatedTokens = written.generatedTokens
            usage.generateSeconds = written.seconds
            let answer = Answer(
                question: questions[question], text: written.text, span: written.span, statements: written.statements,
                evidence: found.evidence, omissions: context.meter.omissions, answerable: found.answerable,
                asksAboutWhole: asksAboutWhole[question],
                answerableWithout: found.answerableWithout, usage: usage, stages: context.meter.trace(of: question))
            report(.answer(answer, question: question))
        }
    }

    /// Whether each question asks about the text as a whole. In the paper's order nobody looks.
    private func asksAboutWhole(_ questions: [String], _ context: RetrievalContext) throws -> [Bool] {
        guard let least = context.plan.answers.leastWholeText, context.plan.order == .tree else {
            return questions.map { _ in false }
        }
        let scope = try context.meter.time(.retrieve) {
            try QuestionScope(of: model).information(
                about: questions.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) })
        }
        for (question, tokens) in scope.tokens.enumerated() { context.meter.count(tokens: tokens, for: question) }
        return scope.information.map { $0 >= least }
    }

    /// What was found for a question.
    private struct Found {
        var corpus: Corpus
        /// The evidence and its context, in the order of reading.
        var passages: [Passage]
        var evidence: [Evidence]
        var answerable: Double?
        var answerableWithout: Double?
    }

    private func evidence(
        in index: AttentionIndex, filter: DocumentFilter = DocumentFilter(), _ context: RetrievalContext,
        report: (ReadingProgress) -> Void
    ) throws -> [Found] {
        let corpus = try Corpus(index, filter: filter, context: context, model: model)
        return try evidence(from: corpus, index: index, context, report: report)
    }

    private func evidence(
        from corpus: Corpus, index: AttentionIndex?, _ context: RetrievalContext, report: (ReadingProgress) -> Void
    ) throws -> [Found] {
        let stages = try stages(of: corpus, index: index, context)
        return try Pipeline(context).evidence(from: corpus, stages: stages, report: report).map { found in
            Found(
                corpus: corpus,
                passages: Passage.merged(
                    found.evidence.map(\.passage), context: found.evidence.flatMap(\.context)),
                evidence: found.evidence.enumerated().map { index, scored in
                    Evidence(
                        scored, document: corpus.name(ofDocument: scored.passage.document),
                        tokenScores: index < found.tokenScores.count ? found.tokenScores[index] : nil)
                },
                answerable: found.answerable, answerableWithout: found.answerableWithout)
        }
    }

    /// The plan's first stages, which know how rare the words of a corpus are.
    /// - Parameter index: What the corpus is, where it is no documents.
    package func stages(
        of corpus: Corpus, index: AttentionIndex?, _ context: RetrievalContext
    ) throws -> [any FirstStage] {
        let vocabulary = model.shape.vocabulary
        context.weights.use(
            index?.frequencies(vocabulary: vocabulary)
                ?? PassageFrequencies(of: corpus.windows, vocabulary: vocabulary))
        return try FirstStages.stages(context.stages, of: .init(context: context, index: index, model: model))
    }

    /// What the stages of one run are given.
    package func context(for questions: [String], stages: [RetrievalPlan.Stage]) throws -> RetrievalContext {
        guard !questions.isEmpty else { throw RetrievalError.noQuestion }
        var plan = plan
        plan.stages = plan.stages ?? (plan.order == .fold && stages.contains(.windows) ? [.windows] : stages)
        // Fold reads windows: with the stages of an index it does not fit.
        try plan.validate()
        let prompts = try questions.map(prompt)
        let meter = CostMeter(questions: questions.count)
        return RetrievalContext(
            questions: prompts,
            scorer: try ModelScorer(model: model, profile: profile, prefix: prompts[0].prefix, meter: meter),
            profile: profile, plan: plan, meter: meter,
            weights: QueryWeights(profile.queryWeights, questions: prompts, vocabulary: model.shape.vocabulary),
            tokenizer: model.tokenizer)
    }

    private func prompt(for question: String) throws(RetrievalError) -> QuestionPrompt {
        let trimmed = question.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw .emptyQuestion }
        let prompt = QuestionPrompt(question: trimmed, profile: profile, model: model)
        let contextLength = model.shape.contextLength
        let longestQuestion = Int(plan.context.questionShare * Double(contextLength))
        guard prompt.queryTokens.count <= longestQuestion else {
            throw .questionTooLong(tokens: prompt.queryTokens.count, limit: longestQuestion)
        }
        let around = prompt.prefix.count + prompt.suffix.count + prompt.tail.count
        let window = Int(plan.context.windowMargin * Double(plan.window ?? profile.window))
        let carried = plan.order == .fold ? max(plan.budget, plan.selection.carriedTokens) : 0
        guard around + window + carried <= contextLength else {
            throw .windowTooLarge(needed: around + window + carried, contextLength: contextLength)
        }
        return prompt
    }
}

extension Evidence {
    fileprivate init(_ scored: ScoredPassage, document: String, tokenScores: [TokenScore]?) {
        self.init(
            document: document, byteRange: scored.passage.source.byteRange, textRange: scored.passage.textRange,
            line: scored.passage.source.line, location: scored.passage.source.location, text: scored.passage.text,
            context: scored.context.map { Context(text: $0.text, textRange: $0.textRange) }, score: scored.score,
            tokenScores: tokenScores)
    }
}
