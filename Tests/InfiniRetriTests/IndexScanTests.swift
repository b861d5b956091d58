import Foundation
import Inference
import InfiniRetri
import TestSupport
import Testing
import Tokenization
import Transformer

/// What stored keys say, against what reading with the question says.
@Suite struct IndexScanTests {
    private let folder: TemporaryFolder
    private static let text = (1...160).map { number in
        "Entry \(number) tells of \(number * 37) ships. They came back in the year \(1_400 + number) and were counted."
            + (number % 3 == 0 ? "\n\n" : " ")
    }.joined()

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A model with an index of the text, and what a question finds in it.
    private struct Scan {
        var model: TransformerModel
        var profile: RetrievalProfile
        /// The path of the index.
        var path: String
        var prompt: QuestionPrompt
        /// All passages, in the order of reading.
        var found: [ScoredPassage]
    }

    private func scan(
        _ family: RandomModel.Family, heads: [AttentionHead], keys format: KeyFormat
    ) throws -> Scan {
        let file = try RandomModel {
            $0.family = family
            $0.layers = 3
        }.temporaryFile()
        let model = try TransformerModel.load(path: file.path)
        let profile = RetrievalProfile(
            name: "scan", heads: .chosen(heads), queryTokens: .question, queryWeights: .uniform, phraseWidth: 8,
            unit: .paragraph, selection: .bestUnits(tokensPerUnit: 20), window: 700)
        var plan = RetrievalPlan.standard
        plan.stages = [.keys]
        let path = folder.path("one.iridx")
        _ = try IndexBuilder(model: model, profile: profile, plan: plan, keys: format)
            .build(path, from: [.text(Self.text, name: "ships")])
        let index = try AttentionIndex(path: path)
        #expect(index.sizes.windows > 3)

        let retriever = try Retriever(model: model, profile: profile, plan: plan)
        let context = try retriever.context(for: ["How many ships came back?"], stages: [.keys])
        let corpus = try Corpus(index, context: context, model: model)
        let stage = try FirstStages.stages([.keys], of: .init(context: context, index: index, model: model))[0]
        let scores = try stage.scores(of: corpus) { _ in }[0]
        return Scan(
            model: model, profile: profile, path: path, prompt: context.questions[0],
            found: corpus.passages.compactMap { number in
                corpus.passage(number).map {
                    ScoredPassage(
                        passage: $0, score: scores.columns[0][number],
                        sentenceScores: Array(scores.sentences[corpus.sentences(of: number)]))
                }
            })
    }

    /// The text's windows, as the index has them.
    private func windows(of scan: Scan) throws -> [Window] {
        var reader = WindowReader(
            PassageReader(
                [.text(Self.text, name: "")], unit: scan.profile.unit, window: scan.profile.window,
                tokenizer: scan.model.tokenizer),
            windowSize: scan.profile.window, totalBytes: nil)
        var windows: [Window] = []
        while let chunk = try reader.nextChunk() {
            windows.append(Window(chunk.passages, paragraphBreak: scan.prompt.paragraphBreak))
        }
        return windows
    }

    private func expect(_ found: [ScoredPassage], toBe expected: [ScoredPassage], within tolerance: Float) {
        #expect(found.map(\.passage.textRange) == expected.map(\.passage.textRange))
        #expect(found.map(\.passage.text) == expected.map(\.passage.text))
        let spread = (expected.map(\.score).max() ?? 0) - (expected.map(\.score).min() ?? 0)
        for (one, other) in zip(found, expected) {
            #expect(abs(one.score - other.score) < tolerance * spread, "\(one.score) \(other.score)")
            #expect(one.sentenceScores.count == other.sentenceScores.count)
        }
    }

    /// The queries of the first layer know nothing of the text before them, so there the index does exactly what reading
    /// does: only what is stored of the keys is between them, and that reading multiplies in bf16 where it can.
    @Test(
        arguments: [RandomModel.Family.llama, .qwen2], [(KeyFormat.int8, Float(0.03)), (.float16, 0.005)])
    func theFirstLayerScoresAsReadingDoes(
        family: RandomModel.Family, keys: (format: KeyFormat, tolerance: Float)
    ) throws {
        let scan = try scan(family, heads: [0, 2, 3].map { AttentionHead(layer: 0, head: $0) }, keys: keys.format)
        expect(scan.found, toBe: try scoresByReading(scan), within: keys.tolerance)
    }

    private func scoresByReading(_ scan: Scan) throws -> [ScoredPassage] {
        let (prompt, profile) = (scan.prompt, scan.profile)
        let scorer = try ModelScorer(
            model: scan.model, profile: profile, prefix: prompt.prefix, meter: CostMeter(questions: 1))
        let weights = prompt.queryTokens.map { _ in Float(1) }
        return try windows(of: scan).flatMap { window in
            let attention = try scorer.attention(of: [AskedPrompt(question: 0, prompt: prompt)], to: window)[0]
            return WindowScoring(window, attention, weights: weights, rule: profile.selection).scored(window)
        }
    }

    /// Heads of the first layer and of the last, whose keys know the text before them.
    private static let heads = [(0, 1), (2, 0), (2, 3)].map { AttentionHead(layer: $0.0, head: $0.1) }

    /// The stored keys of a window beside those that the model makes, by layer and KV head.
    private struct WindowKeys {
        var window: Window
        var stored: [[Int]: StoredKeys] = [:]
        var made: [[Int]: [Float]] = [:]
    }

    private func keys(of scan: Scan, format: KeyFormat) throws -> [WindowKeys] {
        let surgery = try IndexSurgery(path: scan.path)
        let records = surgery.records.filter { $0.kind == 3 }
        let windows = try windows(of: scan)
        try #require(records.count == windows.count)
        let dimension = scan.model.shape.headDimension
        let prefix = scan.prompt.prefix
        let passes = PrefixedPasses(model: scan.model, prefix: prefix, depth: .keys(ofLayer: 2))
        return try zip(windows, records).map { window, record in
            try passes.hold([])
            try passes.run(window.tokens)
            let count = window.tokens.count
            let size = StoredKeys.size(format, tokens: count, dimension: dimension)
            var keys = WindowKeys(window: window)
            // Two query heads share a KV head; sources are stored by layer, then by KV head.
            for (place, source) in [[0, 0], [2, 0], [2, 1]].enumerated() {
                let start = record.data.lowerBound + place * size
                keys.stored[source] = StoredKeys(
                    surgery.bytes[start..<start + size], format: format, tokens: count, dimension: dimension)
                keys.made[source] = try scan.model.keys(
                    in: passes.cache, layer: source[0], head: source[1],
                    positions: prefix.count..<prefix.count + count)
            }
            return keys
        }
    }

    @Test(arguments: [RandomModel.Family.llama, .qwen2], KeyFormat.allCases)
    func storedKeysAreTheModelsButForHalfAStep(family: RandomModel.Family, format: KeyFormat) throws {
        let scan = try scan(family, heads: Self.heads, keys: format)
        for keys in try keys(of: scan, format: format) {
            for (source, made) in keys.made {
                let stored = try #require(keys.stored[source])
                #expect(stored.values.count == made.count)
                // Rounding is off by half a step, and float32 by a little of the numbers that it adds.
                let isNear = zip(zip(stored.values, made), stored.steps).allSatisfy {
                    abs($0.0 - $0.1) <= $1 / 2 + 1e-6 * (1 + abs($0.1))
                }
                #expect(isNear, "layer \(source[0]), KV head \(source[1])")
                // A key's largest element has the largest code, and no element of a key goes beyond its range.
                let largestCode: Float = format == .int4 ? 7 : 127
                #expect(stored.scales.allSatisfy { $0 * largestCode < 1.001 })
            }
        }
    }

    /// What the index means above the first layer: queries that have not seen the text attend to keys that have. The stored
    /// keys are taken as they are, so that only the rounding of queries and kernels is between this and the scan.
    @Test(
        arguments: [RandomModel.Family.llama, .qwen2],
        [(KeyFormat.int4, Float(0.02)), (.int8, 0.02), (.float16, 0.001)])
    func deeperLayersScoreAsQueriesWithoutTheText(
        family: RandomModel.Family, keys: (format: KeyFormat, tolerance: Float)
    ) throws {
        let scan = try scan(family, heads: Self.heads, keys: keys.format)
        let expected = try scoresWithoutTheText(scan, try self.keys(of: scan, format: keys.format))
        expect(scan.found, toBe: expected, within: keys.tolerance)
    }

    private func scoresWithoutTheText(_ scan: Scan, _ windows: [WindowKeys]) throws -> [ScoredPassage] {
        let prompt = scan.prompt
        let (dimension, start) = (scan.model.shape.headDimension, prompt.prefix.count)
        let rows = start + prompt.queryTokens.lowerBound..<start + prompt.queryTokens.upperBound
        let cache = scan.model.makeCache()
        let request = ForwardRequest(
            tokens: prompt.prefix + prompt.suffix, queries: QueryProbe(heads: Self.heads, rows: rows),
            depth: .keys(ofLayer: 2), outputs: .none)
        let queries = try #require(try scan.model.forward(request, cache: cache).queries).values
        func powers(_ query: [Float], _ keys: ArraySlice<Float>) -> [Double] {
            stride(from: keys.startIndex, to: keys.endIndex, by: dimension).map { key in
                exp((0..<dimension).reduce(0) { $0 + Double(query[$1]) * Double(keys[key + $1]) })
            }
        }
        return try windows.flatMap { keys in
            let window = keys.window
            let rotation = scan.model.rotation(ofLayer: 0, upTo: window.tokens.count)
            var attention = [Double](repeating: 0, count: window.tokens.count)
            for (index, head) in Self.heads.enumerated() {
                let source = [head.layer, head.head / 2]
                let stored = try #require(keys.stored[source]).values
                let others = try scan.model.keys(
                    in: cache, layer: source[0], head: source[1], positions: 0..<start + prompt.suffix.count)
                for (offset, row) in rows.enumerated() {
                    let place = (index * rows.count + offset) * dimension
                    let query = Array(queries[place..<place + dimension])
                    var moved = query
                    moved.withUnsafeMutableBufferPointer { moved in
                        guard let base = moved.baseAddress else { return }
                        rotation.turn(base, vectors: 1, dimension: dimension, by: window.tokens.count)
                    }
                    // Prefix and window are the window's length further away than in the question's own pass.
                    let own = powers(query, others[(start * dimension)..<((row + 1) * dimension)])
                    let before = powers(moved, others[..<(start * dimension)])
                    let inside = powers(moved, stored[...])
                    let sum = (own + before + inside).reduce(0, +)
                    for token in attention.indices { attention[token] += inside[token] / sum }
                }
            }
            let scores = AttentionScores.phraseScores(
                attention.map { Float($0) }[...], width: scan.profile.phraseWidth)
            return zip(window.passages, zip(window.extents, window.spans)).map { passage, places in
                ScoredPassage(
                    passage: passage, score: scan.profile.selection.score(of: scores[places.0]),
                    sentenceScores: places.1.map { scan.profile.selection.score(of: scores[$0]) })
            }
        }
    }
}
