import CKernels
import Tensors
import Transformer

/// Puts questions to windows of an index: their queries attend to the stored keys.
///
/// Windows are shared out among threads; the results of one do not depend on another, so they are the same whatever the
/// number of threads.
package struct IndexScan {
    private let index: AttentionIndex
    private let questions: [QuestionQueries]
    private let phraseWidth: Int
    private let tokensPerUnit: Int
    private let share = TurnQueue.Share()
    /// By key source: layers may turn their keys differently.
    private let rotations: [RotaryTable]

    /// - Parameters:
    ///   - phraseWidth: Width of the box filter along the context, in tokens (step 4 of the paper).
    ///   - tokensPerUnit: Passages and sentences are scored by the mean of so many of their best tokens.
    package init(
        _ index: AttentionIndex, questions: [QuestionQueries], phraseWidth: Int, tokensPerUnit: Int,
        model: any IndexableModel
    ) {
        self.index = index
        self.questions = questions
        self.phraseWidth = phraseWidth
        self.tokensPerUnit = tokensPerUnit
        let longest = index.catalog.windows.map(\.tokenCount).max() ?? 0
        rotations = index.description.layout.sources.map { model.rotation(ofLayer: $0.layer, upTo: longest) }
    }

    /// The scores of all passages and sentences of some of the index's windows, for every question.
    package func scores(of windows: Range<Int>) -> WindowScores {
        let blocks = Array(index.catalog.windows[windows])
        let scores = WindowScores(windows: blocks, questions: questions.count)
        index.pool.turns.turn(of: share) {
            index.pool.run(blocks.count * questions.count) { task, worker in
                let (window, question) = task.quotientAndRemainder(dividingBy: questions.count)
                score(blocks[window], questions[question], worker: worker) { tokenScores in
                    scores.set(window: window, question: question, from: tokenScores, best: tokensPerUnit)
                }
            }
        }
        return scores
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
                buffers, tokens: window.tokenCount, keys: keys, rotation: rotations[group.source])
            scan.powers = powers
            scan.scores = scores
            group.weights.withUnsafeBufferPointer { weights in
                scan.weights = weights.baseAddress
                Kernels.current.pointee.scan_keys?(&scan)
            }
        }
        ir_box_filter(scores, window.tokenCount, phraseWidth, filtered)
        take(filtered)
    }
}
