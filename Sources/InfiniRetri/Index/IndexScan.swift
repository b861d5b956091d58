import CKernels
import Tensors

/// Puts questions to all windows of an index: the first round of a reranker, from stored keys.
///
/// Windows are shared out among threads; the results of one do not depend on another, so they are the same whatever the
/// number of threads. Memory does not grow with the index: passages that can no longer win are dropped on the way.
struct IndexScan {
    private let index: AttentionIndex
    private let questions: [QuestionQueries]
    private let profile: RetrievalProfile
    private let rotation: RotaryTable
    private let pool: ThreadPool
    /// What passages share with the questions in words; nil where attention alone counts.
    private let lexical: LexicalPrior?
    /// Windows that are scored before the best passages are taken.
    private static let block = 64

    init(
        _ index: AttentionIndex, questions: [QuestionQueries], profile: RetrievalProfile, rotation: RotaryTable,
        pool: ThreadPool, lexical: LexicalPrior? = nil
    ) {
        self.index = index
        self.questions = questions
        self.profile = profile
        self.rotation = rotation
        self.pool = pool
        self.lexical = lexical
    }

    /// For each question its best passages, about `tokens` tokens of them, in the order of reading.
    func best(tokens: Int) throws -> [[ScoredPassage]] {
        let windows = index.catalog.windows
        var best = questions.map { _ in BestPassages(tokens: tokens) }
        for start in stride(from: 0, to: windows.count, by: Self.block) {
            try Task.checkCancellation()
            let block = start..<min(start + Self.block, windows.count)
            let scores = WindowScores(windows: Array(windows[block]), questions: questions.count)
            pool.run(block.count * questions.count) { task, worker in
                let (window, question) = task.quotientAndRemainder(dividingBy: questions.count)
                score(windows[block.lowerBound + window], questions[question], worker: worker) { tokenScores in
                    scores.set(window: window, question: question, from: tokenScores, best: tokensPerUnit)
                }
            }
            if let lexical {
                pool.run(block.count) { window, _ in scores.weigh(window: window, by: lexical) }
            }
            for (offset, window) in windows[block].enumerated() {
                for passage in window.passages.indices where index.catalog.isLive(window.document(ofPassage: passage)) {
                    for question in questions.indices {
                        let scored = scores.scores(window: offset, question: question, passage: passage)
                        best[question].offer(
                            window: block.lowerBound + offset, of: window, passage: passage, score: scored.passage,
                            sentenceScores: scored.sentences)
                    }
                }
            }
        }
        return best.map { $0.passages(of: windows) }
    }

    private var tokensPerUnit: Int {
        if case .bestUnits(let tokensPerUnit) = profile.selection { tokensPerUnit } else { 1 }
    }

    /// The phrase scores of a window's tokens for one question.
    private func score(
        _ window: WindowBlock, _ question: QuestionQueries, worker: OpaquePointer?,
        then take: (UnsafePointer<Float>) -> Void
    ) {
        let dimension = index.description.headDimension
        let padded = KeyLayout.padded(window.tokenCount)
        let queries = question.groups.map(\.count).max() ?? 0
        let prefix = index.description.prefix.count
        let unpacked = index.description.layout.format == .int4 ? padded : 0
        let floats = padded * (2 + Int(IR_KEY_SCAN_QUERIES)) + queries * (dimension + 5) + prefix + unpacked
        guard
            let memory = ir_worker_scratch(worker, floats * 4 + (2 * queries + unpacked) * dimension)?
                .bindMemory(to: Float.self, capacity: floats)
        else { return }
        let scores = memory
        let filtered = scores + padded
        let powers = filtered + padded
        var next = powers + padded * Int(IR_KEY_SCAN_QUERIES)
        func reserve(_ count: Int) -> UnsafeMutablePointer<Float> {
            defer { next += count }
            return next
        }
        let codes = UnsafeMutableRawPointer(memory + floats)
            .bindMemory(to: Int8.self, capacity: 2 * queries * dimension)
        let buffers = QueriesBehindWindow.Buffers(
            queries: reserve(queries * dimension),
            codes: codes,
            sums: UnsafeMutableRawPointer(reserve(queries)).bindMemory(to: Int32.self, capacity: queries),
            lowCodes: codes + queries * dimension,
            lowSums: UnsafeMutableRawPointer(reserve(queries)).bindMemory(to: Int32.self, capacity: queries),
            scales: reserve(queries), bases: reserve(queries), others: reserve(queries), logits: reserve(prefix),
            keyScales: reserve(unpacked),
            keyCodes: UnsafeMutableRawPointer(codes + 2 * queries * dimension)
                .bindMemory(to: UInt8.self, capacity: unpacked * dimension))
        scores.update(repeating: 0, count: padded)
        for group in question.groups {
            guard let keys = window.keys(ofSource: group.source) else { continue }
            var scan = QueriesBehindWindow(group, dimension: dimension).prepare(
                buffers, tokens: window.tokenCount, keys: keys, rotation: rotation)
            scan.powers = powers
            scan.scores = scores
            group.weights.withUnsafeBufferPointer { weights in
                scan.weights = weights.baseAddress
                Kernels.current.pointee.scan_keys?(&scan)
            }
        }
        ir_box_filter(scores, window.tokenCount, profile.phraseWidth, filtered)
        take(filtered)
    }
}
