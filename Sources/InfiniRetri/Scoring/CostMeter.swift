import Documents

/// Counts what retrieval costs: tokens, windows and time, and what each stage got and kept.
///
/// Not thread-safe: it belongs to one run.
package final class CostMeter {
    /// What went through the model.
    package struct Passes: Sendable, Hashable {
        package var windows = 0
        package var tokens = 0
    }

    /// For all questions together, and for each question alone.
    private var shared = Passes()
    private var own: [Passes]
    private var traces: [[StageReport]]
    /// Tokens of all documents.
    package var documentTokens = 0
    /// What was left out of the documents, and why.
    package var omissions: [Omission] = []
    private var seconds: [Phase: Double] = [:]

    /// What time is counted for.
    package enum Phase: Hashable {
        /// Cutting and tokenizing documents.
        case tokenize
        /// All of retrieval.
        case retrieve
        /// Of it the scan of an index's keys.
        case scan
    }

    package init(questions: Int) {
        own = (0..<questions).map { _ in Passes() }
        traces = own.map { _ in [] }
    }

    /// Counts a pass.
    /// - Parameter question: Nil where it served all of them.
    package func count(windows: Int = 0, tokens: Int, for question: Int?) {
        if let question {
            own[question].windows += windows
            own[question].tokens += tokens
        } else {
            shared.windows += windows
            shared.tokens += tokens
        }
    }

    /// What went through the model for a question, what served others too included.
    package func passes(for question: Int) -> Passes {
        Passes(windows: shared.windows + own[question].windows, tokens: shared.tokens + own[question].tokens)
    }

    /// Adds time.
    package func add(_ duration: Duration, to phase: Phase) { seconds[phase, default: 0] += duration / .seconds(1) }

    /// Times some work.
    package func time<Result>(_ phase: Phase, _ work: () throws -> Result) rethrows -> Result {
        let start = ContinuousClock.now
        defer { add(ContinuousClock.now - start, to: phase) }
        return try work()
    }

    /// Keeps what a stage did for a question.
    package func record(_ stage: String, kept: [ScoredPassage], for question: Int) {
        traces[question].append(
            StageReport(
                stage: stage, passages: kept.count, tokens: kept.reduce(0) { $0 + $1.passage.tokenCount },
                best: kept.map(\.score).max() ?? 0))
    }

    /// What each stage kept for a question, in turn.
    package func trace(of question: Int) -> [StageReport] { traces[question] }

    /// Counts and times for a question, as if it had been asked alone.
    package func usage(of question: Int) -> Answer.Usage {
        var usage = Answer.Usage()
        usage.documentTokens = documentTokens
        usage.windows = passes(for: question).windows
        usage.processedTokens = passes(for: question).tokens
        usage.tokenizeSeconds = seconds[.tokenize] ?? 0
        usage.retrieveSeconds = (seconds[.retrieve] ?? 0) - usage.tokenizeSeconds
        usage.scanSeconds = seconds[.scan] ?? 0
        return usage
    }
}
