import TestSupport
import Testing
import Transformer

/// What must hold of every pass, whatever the weights.
@Suite struct ForwardTests {
    static let variants: [RandomModel] = [
        RandomModel(),
        RandomModel {
            $0.family = .qwen2
            $0.layers = 3
            $0.tiedOutput = false
        },
    ]

    private let tokens: [Int32] = {
        var generator = SeededGenerator(seed: 7)
        return (0..<90).map { _ in Int32.random(in: 0..<250, using: &generator) }
    }()

    private func load(_ model: RandomModel, threads: Int = 2) throws -> TransformerModel {
        try TransformerModel.load(model, options: LoadOptions(threads: threads, arithmetic: .float32))
    }

    @Test(arguments: variants.indices)
    func piecesEqualTheWhole(variant: Int) throws {
        let model = try load(Self.variants[variant])
        let whole = try model.forward(ForwardRequest(tokens: tokens, outputs: .all), cache: model.makeCache()).logits
        #expect(whole.count == tokens.count)
        for size in [1, 7, 64] {
            let cache = model.makeCache()
            var pieces: [[Float]] = []
            for start in stride(from: 0, to: tokens.count, by: size) {
                let piece = Array(tokens[start..<min(start + size, tokens.count)])
                pieces += try model.forward(ForwardRequest(tokens: piece, outputs: .all), cache: cache).logits
            }
            #expect(cache.count == tokens.count)
            for (row, expected) in zip(pieces, whole) { #expect(largestDifference(row, expected) < 1e-3) }
        }
    }

    /// Longer than the chunks in which a pass handles its tokens.
    @Test func chunksEqualTheWhole() throws {
        let model = try load(RandomModel { $0.layers = 1 })
        let long = (0..<2500).map { tokens[$0 * $0 % tokens.count] }
        let heads = [AttentionHead(layer: 0, head: 3)]
        let probe = AttentionProbe(heads: heads, rows: 1000..<1100, columns: 900..<2500)
        let request = ForwardRequest(tokens: long, probe: probe, outputs: .positions([2499, 1023, 1024]))
        let whole = try model.forward(request, cache: model.makeCache())
        let cache = model.makeCache()
        let first = try model.forward(
            ForwardRequest(tokens: Array(long[..<1010]), outputs: .none), cache: cache)
        #expect(first.logits.isEmpty)
        let second = try model.forward(
            ForwardRequest(
                tokens: Array(long[1010..<1500]),
                probe: AttentionProbe(heads: heads, rows: 1010..<1100, columns: 900..<1500),
                outputs: .positions([1023, 1024])), cache: cache)
        let third = try model.forward(ForwardRequest(tokens: Array(long[1500...])), cache: cache)
        #expect(largestDifference(whole.logits[0], third.logits[0]) < 1e-3)
        #expect(largestDifference(whole.logits[1], second.logits[0]) < 1e-3)
        #expect(largestDifference(whole.logits[2], second.logits[1]) < 1e-3)
        let (left, right) = (try #require(whole.attention), try #require(second.attention))
        for row in 0..<90 {
            #expect(
                largestDifference(left.row(head: 0, row: row + 10).prefix(600), right.row(head: 0, row: row)) < 1e-5)
        }
    }

    @Test(arguments: variants.indices)
    func truncatedCacheStartsAgain(variant: Int) throws {
        let model = try load(Self.variants[variant])
        let cache = model.makeCache()
        let first = try model.forward(ForwardRequest(tokens: tokens), cache: cache).logits
        let other = Array(tokens.reversed())
        cache.truncate(to: 40)
        #expect(cache.count == 40)
        _ = try model.forward(ForwardRequest(tokens: other), cache: cache)
        cache.truncate(to: 40)
        let again = try model.forward(ForwardRequest(tokens: Array(tokens[40...])), cache: cache).logits
        #expect(largestDifference(first[0], again[0]) < 1e-3)
        cache.truncate(to: 1000)
        #expect(cache.count == tokens.count)
    }

    @Test(arguments: variants.indices)
    func probedRowsAddUpToOne(variant: Int) throws {
        let model = try load(Self.variants[variant])
        let cache = model.makeCache()
        _ = try model.forward(ForwardRequest(tokens: Array(tokens[..<30]), outputs: .none), cache: cache)
        let probe = AttentionProbe(heads: model.shape.allHeads, rows: 35..<80, columns: 0..<90)
        let request = ForwardRequest(tokens: Array(tokens[30...]), probe: probe, outputs: .none)
        let capture = try #require(try model.forward(request, cache: cache).attention)
        #expect(capture.values.count == probe.heads.count * 45 * 90)
        for head in probe.heads.indices {
            for row in 0..<45 {
                let values = capture.row(head: head, row: row)
                #expect(abs(values.reduce(0, +) - 1) < 1e-5)
                #expect(values.allSatisfy { $0 >= 0 })
                #expect(values.dropFirst(35 + row + 1).allSatisfy { $0 == 0 })
            }
        }
    }

    @Test(arguments: variants.indices)
    func stoppingAtKeysSeesTheSame(variant: Int) throws {
        let model = try load(Self.variants[variant])
        for layer in 0..<model.shape.layers {
            // Out of order, and with heads of lower layers between.
            let heads = model.shape.allHeads.filter { $0.layer <= layer }.reversed()
            let probe = AttentionProbe(heads: Array(heads), rows: 60..<75, columns: 20..<70)
            let whole = try model.forward(
                ForwardRequest(tokens: tokens, probe: probe, outputs: .all), cache: model.makeCache())
            let cache = model.makeCache()
            let depth = Depth.keys(ofLayer: layer)
            _ = try model.forward(
                ForwardRequest(tokens: Array(tokens[..<50]), depth: depth, outputs: .none), cache: cache)
            let stopped = try model.forward(
                ForwardRequest(tokens: Array(tokens[50...]), probe: probe, depth: depth, outputs: .none), cache: cache)
            #expect(cache.count == tokens.count)
            let (left, right) = (try #require(whole.attention), try #require(stopped.attention))
            #expect(largestDifference(left.values, right.values) < 1e-5)
            #expect(left.values.contains { $0 > 0.01 })
        }
    }

    @Test(arguments: variants.indices)
    func threadsDoNotMatter(variant: Int) throws {
        let probe = AttentionProbe(heads: [AttentionHead(layer: 1, head: 2)], rows: 0..<90, columns: 0..<90)
        let results = try [1, 2, 3, 5].map { threads in
            let model = try load(Self.variants[variant], threads: threads)
            return try model.forward(
                ForwardRequest(tokens: tokens, probe: probe, outputs: .all), cache: model.makeCache())
        }
        for result in results.dropFirst() {
            #expect(result.logits == results[0].logits)
            #expect(result.attention?.values == results[0].attention?.values)
        }
    }

    @Test func chosenLogitsEqualThoseOfAll() throws {
        let model = try load(Self.variants[1])
        let all = try model.forward(ForwardRequest(tokens: tokens, outputs: .all), cache: model.makeCache()).logits
        for positions in [[89], [0], [50, 3, 50], Array(0..<90)] {
            let request = ForwardRequest(tokens: tokens, outputs: .positions(positions))
            let chosen = try model.forward(request, cache: model.makeCache()).logits
            #expect(chosen.count == positions.count)
            for (row, position) in zip(chosen, positions) { #expect(largestDifference(row, all[position]) < 1e-4) }
        }
    }

    @Test func passesAtOnceDoNotDisturbEachOther() async throws {
        let model = try load(Self.variants[0])
        let tokens = tokens
        let expected = try (1...8).map { count in
            try model.forward(ForwardRequest(tokens: Array(tokens[..<(count * 11)])), cache: model.makeCache()).logits
        }
        try await withThrowingTaskGroup(of: (Int, [[Float]]).self) { group in
            for count in 1...8 {
                group.addTask {
                    let request = ForwardRequest(tokens: Array(tokens[..<(count * 11)]))
                    return (count, try model.forward(request, cache: model.makeCache()).logits)
                }
            }
            for try await (count, logits) in group { #expect(logits == expected[count - 1]) }
        }
    }

    @Test func cancellationLeavesTheCacheAsItWas() async throws {
        let model = try load(Self.variants[0])
        let tokens = tokens
        let task = Task {
            let cache = model.makeCache()
            _ = try model.forward(ForwardRequest(tokens: Array(tokens[..<10])), cache: cache)
            withUnsafeCurrentTask { $0?.cancel() }
            #expect(throws: CancellationError.self) {
                try model.forward(ForwardRequest(tokens: tokens), cache: cache)
            }
            return cache.count
        }
        #expect(try await task.value == 10)
    }
}
