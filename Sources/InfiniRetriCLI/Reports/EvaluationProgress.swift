import Foundation
import InfiniRetri

/// The progress line of an evaluation: questions done, time left, and how far the text at hand is read.
///
/// Called from the task that runs the evaluation and from the one that reads; the lock keeps them apart.
final class EvaluationProgress: @unchecked Sendable {
    private let lock = NSLock()
    private var start = ContinuousClock.now
    private var line: ProgressLine
    /// What is being evaluated, where it is one of several.
    private var title = ""
    private var finished = 0
    private var total = 0
    /// Questions that an earlier run had finished.
    private var before: Int?

    init(isQuiet: Bool) { line = ProgressLine(isQuiet: isQuiet) }

    /// Some questions are done.
    /// - Parameter title: Another one begins a new count.
    func finished(_ finished: Int, of total: Int, in title: String = "") {
        lock.withLock {
            if title != self.title {
                self.title = title
                start = .now
                before = nil
            }
            self.finished = finished
            self.total = total
            if before == nil { before = finished }
            line.show(questions)
        }
    }

    /// The text at hand is read so far.
    func reading(_ progress: ReadingProgress) {
        lock.withLock {
            var text = "\(questions); reading: \(Quantity.count(progress.documentTokens)) tokens, "
            text += "\(Quantity.count(Int(progress.tokensPerSecond))) tokens/s"
            if let left = progress.secondsLeft { text += ", \(Quantity.duration(left)) left" }
            line.show(text)
        }
    }

    /// Removes the line.
    func clear() { lock.withLock { line.clear() } }

    private var questions: String {
        let done = finished - (before ?? finished)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let left = done > 0 ? Quantity.duration(seconds / Double(done) * Double(total - finished)) : "-:--"
        return (title.isEmpty ? "" : title + ": ") + "\(finished) of \(total) questions, \(left) left"
    }
}
