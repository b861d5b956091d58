import CKernels

/// Scores of the passages and sentences of a few windows, filled in by several threads.
///
/// Every window and question has a stretch of its own, so threads share nothing.
package final class WindowScores: @unchecked Sendable {
    private let windows: [WindowBlock]
    private let questions: Int
    /// Where a window's scores begin: for each question its passages' scores, then its sentences'.
    private let starts: [Int]
    private let values: UnsafeMutablePointer<Float>

    init(windows: [WindowBlock], questions: Int) {
        self.windows = windows
        self.questions = questions
        var starts: [Int] = []
        var count = 0
        for window in windows {
            starts.append(count)
            count += questions * (window.passages.count + window.sentenceCount)
        }
        self.starts = starts
        values = .allocate(capacity: max(1, count))
        values.initialize(repeating: 0, count: max(1, count))
    }

    deinit { values.deallocate() }

    private func start(window: Int, question: Int) -> Int {
        starts[window] + question * (windows[window].passages.count + windows[window].sentenceCount)
    }

    /// Scores a window's passages and sentences by the mean of their best tokens.
    func set(window: Int, question: Int, from tokens: UnsafePointer<Float>, best: Int) {
        let block = windows[window]
        let start = start(window: window, question: question)
        for passage in block.passages.indices {
            let range = block.tokens(ofPassage: passage)
            values[start + passage] = ir_mean_of_best(tokens + range.lowerBound, range.count, best)
        }
        for sentence in 0..<block.sentenceCount {
            let range = block.sentence(sentence).tokens
            values[start + block.passages.count + sentence] =
                ir_mean_of_best(tokens + range.lowerBound, range.count, best)
        }
    }

    /// The score of a passage and those of its sentences.
    package func scores(window: Int, question: Int, passage: Int) -> (
        passage: Float, sentences: UnsafeBufferPointer<Float>
    ) {
        let block = windows[window]
        let start = start(window: window, question: question)
        let sentences = block.passages[passage]
        return (
            values[start + passage],
            UnsafeBufferPointer(
                start: values + start + block.passages.count + sentences.lowerBound, count: sentences.count)
        )
    }
}
