/// The best passages of a scan so far, about as many tokens of them as asked for.
struct BestPassages {
    /// A passage by its place in the index.
    struct Entry {
        var window: Int
        var passage: Int
        var tokens: Int
        var score: Float
        var sentenceScores: [Float]
        /// A hash of its tokens.
        var text: Int
    }

    private let limit: Int
    private var entries: [Entry] = []
    private var held = 0
    /// What no longer gets in: the worst score when passages were last dropped.
    private var threshold = -Float.infinity

    init(tokens: Int) { limit = tokens }

    /// Takes a passage if it may be among the best.
    /// - Parameters:
    ///   - window: Number of the window in the index.
    ///   - block: That window.
    mutating func offer(
        window: Int, of block: WindowBlock, passage: Int, score: Float, sentenceScores: UnsafeBufferPointer<Float>
    ) {
        guard score > threshold else { return }
        let tokens = block.tokens(ofPassage: passage)
        entries.append(
            Entry(
                window: window, passage: passage, tokens: tokens.count, score: score,
                sentenceScores: Array(sentenceScores), text: tokens.map(block.token).hashValue))
        held += tokens.count
        if held > 2 * limit + 4_096 { trim() }
    }

    /// Keeps the best passages up to the one that goes over the limit, each text once. Of equal ones the first stay.
    private mutating func trim() {
        entries.sort { ($0.score, $1.window, $1.passage) > ($1.score, $0.window, $0.passage) }
        var texts: Set<Int> = []
        let unique = entries.filter { texts.insert($0.text).inserted }
        var left = limit
        entries = Array(
            unique.prefix { entry in
                defer { left -= entry.tokens }
                return left > 0
            })
        held = entries.reduce(0) { $0 + $1.tokens }
        if held >= limit, let last = entries.last { threshold = last.score }
    }

    /// The passages with their text, in the order of reading.
    func passages(of windows: [WindowBlock]) -> [ScoredPassage] {
        var best = self
        best.trim()
        return best.entries.compactMap { entry in
            windows[entry.window].passage(entry.passage).map {
                ScoredPassage(passage: $0, score: entry.score, sentenceScores: entry.sentenceScores)
            }
        }.sorted { Passage.precedes($0.passage, $1.passage) }
    }
}
