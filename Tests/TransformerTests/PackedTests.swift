import Foundation
import Tensors
import TestSupport
import Testing
import Transformer

/// Sequences that go through the layers together give what each gives alone.
@Suite struct PackedTests {
    private static let variants = ForwardTests.variants
    private static let arithmetics: [Arithmetic] = [.float32, .int8]

    private let tokens: [Int32] = {
        var generator = SeededGenerator(seed: 11)
        return (0..<400).map { _ in Int32.random(in: 0..<250, using: &generator) }
    }()

    private func load(_ variant: Int, _ arithmetic: Arithmetic, threads: Int = 2) throws -> TransformerModel {
        try TransformerModel.load(
            Self.variants[variant], options: LoadOptions(threads: threads, arithmetic: arithmetic))
    }

    /// Requests of every kind behind one prefix of `start` tokens.
    private func requests(behind start: Int, of shape: ModelShape) -> [ForwardRequest] {
        let heads = [AttentionHead(layer: 1, head: 2), AttentionHead(layer: 0, head: 1)]
        func part(_ first: Int, _ count: Int) -> [Int32] { Array(tokens[first..<first + count]) }
        return [
            ForwardRequest(
                tokens: part(30, 20),
                probe: AttentionProbe(heads: heads, rows: start + 5..<start + 18, columns: 0..<start),
                depth: .keys(ofLayer: 1), outputs: .none),
            ForwardRequest(tokens: part(100, 1)),
            ForwardRequest(
                tokens: part(50, 33),
                outputs: .logProbabilities((0..<30).map { NextToken(tokens[$0 + 7], behind: start + $0) })),
            ForwardRequest(
                tokens: part(120, 40),
                probe: AttentionProbe(heads: heads, rows: start + 1..<start + 9, columns: 3..<start + 30),
                queries: QueryProbe(heads: heads, rows: start + 20..<start + 40),
                outputs: .positions([start + 3, start + 35])),
            ForwardRequest(tokens: part(170, 7), depth: .keys(ofLayer: 0), outputs: .none),
            ForwardRequest(tokens: part(200, 150), outputs: .last),
        ]
    }

    @Test(arguments: variants.indices, arithmetics) func packedEqualsSingle(variant: Int, arithmetic: Arithmetic) throws
    {
        let model = try load(variant, arithmetic)
        let prefix = model.makeCache()
        _ = try model.forward(ForwardRequest(tokens: Array(tokens[..<45]), outputs: .none), cache: prefix)
        let requests = requests(behind: 45, of: model.shape)
        let alone = try requests.map { try model.forward($0, cache: prefix.fork()) }
        let caches = requests.map { _ in prefix.fork() }
        let packed = try model.forward(zip(requests, caches).map { SequenceRequest($0, cache: $1) })
        #expect(prefix.count == 45)
        for (index, (one, other)) in zip(alone, packed).enumerated() {
            #expect(caches[index].count == 45 + requests[index].tokens.count)
            #expect(one.logits.count == other.logits.count)
            for (left, right) in zip(one.logits, other.logits) { #expect(largestDifference(left, right) < 1e-5) }
            #expect(one.logProbabilities.count == other.logProbabilities.count)
            for (left, right) in zip(one.logProbabilities, other.logProbabilities) { #expect(abs(left - right) < 1e-5) }
            #expect(largestDifference(one.attention?.values ?? [], other.attention?.values ?? []) < 1e-6)
            #expect(largestDifference(one.queries?.values ?? [], other.queries?.values ?? []) < 1e-5)
        }
    }

    /// The same bits, whatever is packed beside a sequence, and however many threads share the work.
    @Test(arguments: variants.indices, arithmetics) func companyAndThreadsDoNotMatter(
        variant: Int, arithmetic: Arithmetic
    ) throws {
        var results: [[Float]] = []
        for threads in [1, 3] {
            let model = try load(variant, arithmetic, threads: threads)
            for companions in [0, 1, 9] {
                let sequences =
                    [ForwardRequest(tokens: Array(tokens[..<25]))]
                    + (0..<companions).map { ForwardRequest(tokens: Array(tokens[($0 * 30)..<($0 * 30 + 5 + $0)])) }
                let found = try model.forward(sequences.map { SequenceRequest($0, cache: model.makeCache()) })
                results.append(found[0].logits[0])
            }
        }
        #expect(results.dropFirst().allSatisfy { $0 == results[0] })
    }

    /// More tokens than go through the layers at once: sequences are cut where chunks end.
    @Test func chunksCutSequences() throws {
        let model = try load(0, .float32)
        let sequences = (0..<9).map { index in
            ForwardRequest(tokens: (0..<250).map { tokens[($0 * (index + 2)) % tokens.count] })
        }
        let packed = try model.forward(sequences.map { SequenceRequest($0, cache: model.makeCache()) })
        for (request, result) in zip(sequences, packed) {
            let alone = try model.forward(request, cache: model.makeCache())
            #expect(largestDifference(alone.logits[0], result.logits[0]) < 1e-4)
        }
    }

    /// Log-probabilities against the logits that they come from.
    @Test(arguments: arithmetics) func logProbabilitiesAreLogSoftmax(arithmetic: Arithmetic) throws {
        let model = try load(1, arithmetic)
        let tokens = Array(tokens[..<60])
        let logits = try model.forward(ForwardRequest(tokens: tokens, outputs: .all), cache: model.makeCache()).logits
        let asked = [NextToken(3, behind: 59), NextToken(200, behind: 0), NextToken(7, behind: 59)]
        let found = try model.forward(
            ForwardRequest(tokens: tokens, outputs: .logProbabilities(asked)), cache: model.makeCache()
        ).logProbabilities
        for (next, value) in zip(asked, found) {
            let row = logits[next.position].map(Double.init)
            #expect(abs(value - (row[Int(next.token)] - log(row.reduce(0) { $0 + exp($1) }))) < 1e-4)
        }
        #expect(found.count == 3)
    }

    @Test func failuresLeaveAllCachesAsTheyWere() throws {
        let model = try load(0, .float32)
        let caches = [model.makeCache(), model.makeCache()]
        for cache in caches { _ = try model.forward(ForwardRequest(tokens: [1, 2, 3]), cache: cache) }
        let good = ForwardRequest(tokens: [4, 5])
        #expect(throws: ForwardError.sharedCache) {
            try model.forward([SequenceRequest(good, cache: caches[0]), SequenceRequest(good, cache: caches[0])])
        }
        #expect(throws: ForwardError.unknownToken(id: -1, vocabulary: model.shape.vocabulary)) {
            try model.forward([
                SequenceRequest(good, cache: caches[0]),
                SequenceRequest(ForwardRequest(tokens: [-1]), cache: caches[1]),
            ])
        }
        #expect(throws: ForwardError.outputsOutside(position: 2, tokens: 3..<5)) {
            try model.forward(
                ForwardRequest(tokens: [4, 5], outputs: .logProbabilities([NextToken(1, behind: 2)])), cache: caches[0])
        }
        #expect(throws: ForwardError.unknownToken(id: 999_999, vocabulary: model.shape.vocabulary)) {
            try model.forward(
                ForwardRequest(tokens: [4, 5], outputs: .logProbabilities([NextToken(999_999, behind: 3)])),
                cache: caches[0])
        }
        #expect(caches.allSatisfy { $0.count == 3 })
        #expect(try model.forward([SequenceRequest]()).isEmpty)
    }
}
