import ArgumentParser
import InfiniRetri
import Transformer

/// The work of `ask` and `retrieve`: runs the questions and prints what comes.
struct RetrievalRun {
    var questions: QuestionArguments
    var model: ModelOptions
    var retrieval: RetrievalArguments
    /// Whether what each stage kept is shown.
    var isExplaining: Bool
    var output: OutputOptions
    /// Nil retrieves only.
    var answering: Answering?

    func run() async throws {
        let questionList = try questions.loadQuestions()
        let index = try questions.index.map { try AttentionIndex(path: $0, threads: model.threadCount) }
        let list = index == nil ? try questions.loadDocuments() : DocumentList()
        output.tell(list.omissions)
        if index == nil, list.documents.isEmpty { throw CommandError("there is nothing to read among the files given") }
        let loaded = try model.load(output)
        let retriever: Retriever
        let events: AsyncThrowingStream<RetrievalEvent, any Error>
        if let index {
            retriever = try await retrieval.retriever(for: loaded, asking: index, output)
            events = retriever.ask(questionList, in: index, filter: questions.documents.filter, answering: answering)
        } else {
            retriever = try await retrieval.retriever(for: loaded, output)
            events = retriever.ask(questionList, of: list.documents, answering: answering)
        }

        var isUnanswered = false
        var progress = ProgressLine(isQuiet: output.quiet)
        defer { progress.clear() }
        let leastProbability = retriever.plan.answers.leastProbability
        var printer = AnswerPrinter(
            questions: questionList, isAnswering: answering != nil, leastProbability: leastProbability)
        for try await event in events {
            if case .progress(let state) = event {
                progress.show(ReadingLine.text(of: state))
                continue
            }
            progress.clear()
            if case .omissions(let omissions) = event {
                output.tell(omissions)
                continue
            }
            if output.json {
                guard case .answer(let answer, _) = event else { continue }
                let report = AnswerReport(
                    answer, omissions: list.omissions, model: loaded.name, retriever: retriever,
                    loadSeconds: loaded.seconds,
                    isExplaining: isExplaining)
                try StandardOutput.write(json: report)
            } else {
                try printer.print(event)
            }
            if case .answer(let answer, _) = event {
                isUnanswered =
                    isUnanswered || answer.asksAboutWhole || answer.answerable ?? 1 < leastProbability
                if isExplaining, !output.json { Console.write(StageTable.text(of: answer, plan: retriever.plan)) }
                output.note(Self.summary(answer.usage))
            }
        }
        // A cancelled task ends the stream early, without an error of its own.
        try Task.checkCancellation()
        if retrieval.requireEvidence, isUnanswered { throw ExitCode(3) }
    }

    /// Refuses what does not go together.
    static func check(_ questions: QuestionArguments, _ retrieval: RetrievalArguments) throws {
        guard questions.index != nil else { return }
        if retrieval.strategy == "fold" || retrieval.stages?.values.contains("windows") == true {
            throw ValidationError("An index is asked by its keys: leave out --strategy fold and --stages windows.")
        }
        if retrieval.keys.keys != nil {
            throw ValidationError("--keys is for what is built; an index is asked whatever it holds.")
        }
    }

    private static func summary(_ usage: Answer.Usage) -> String {
        let seconds = usage.tokenizeSeconds + usage.retrieveSeconds
        let speed = seconds > 0 ? Int(Double(usage.documentTokens) / seconds) : 0
        var text =
            "read \(Quantity.count(usage.documentTokens)) tokens in \(Quantity.count(usage.windows)) windows, "
            + "\(Quantity.fixed(seconds, digits: 1)) s (\(Quantity.count(speed)) tokens/s); kept \(usage.evidenceTokens) tokens"
        if usage.generatedTokens > 0 {
            text +=
                "; generated \(usage.generatedTokens) tokens in \(Quantity.fixed(usage.generateSeconds, digits: 1)) s"
        }
        return text
    }
}
