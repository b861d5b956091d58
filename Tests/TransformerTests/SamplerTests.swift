import Foundation
import Testing
import Tokenization
import Transformer

@Suite struct SamplerTests {
    /// Probabilities 0.5, 0.25, 0.15, 0.1 and 0 (an infinite logit) for the ids 2, 0, 4, 1 and 3.
    private let logits: [Float] = [0.25, 0.1, 0.5, 0, 0.15].map { log($0) }

    private func ids(_ sampler: some Sampler, history: Set<TokenID> = []) throws -> [TokenID] {
        var candidates = try Candidates(logits: logits)
        sampler.apply(to: &candidates, history: history)
        return candidates.all.map(\.id).sorted()
    }

    @Test func topK() throws {
        #expect(try ids(TopK(1)) == [2])
        #expect(try ids(TopK(3)) == [0, 2, 4])
        #expect(try ids(TopK(100)) == [0, 1, 2, 4])
    }

    @Test func topKOfManyEqualsSorting() throws {
        var random = SplitMix64(seed: 3)
        let many = (0..<5000).map { _ in Float(random.uniform() * 40).rounded() }
        let sorted = many.indices.sorted { (many[$0], $1) > (many[$1], $0) }
        for count in [1, 2, 40, 256, 257, 4999] {
            var candidates = try Candidates(logits: many)
            try TopK(count).apply(to: &candidates, history: [])
            #expect(candidates.all.map { Int($0.id) } == Array(sorted.prefix(count)))
        }
    }

    @Test func topP() throws {
        #expect(try ids(TopP(0.4)) == [2])
        #expect(try ids(TopP(0.6)) == [0, 2])
        #expect(try ids(TopP(0.89)) == [0, 2, 4])
        #expect(try ids(TopP(0.95)) == [0, 1, 2, 4])
        #expect(try ids(TopP(1)) == [0, 1, 2, 4])
    }

    @Test func minP() throws {
        #expect(try ids(MinP(1)) == [2])
        #expect(try ids(MinP(0.4)) == [0, 2])
        #expect(try ids(MinP(0.25)) == [0, 2, 4])
        #expect(try ids(MinP(0)) == [0, 1, 2, 4])
    }

    @Test func temperatureSharpens() throws {
        var candidates = try Candidates(logits: logits)
        try Temperature(0.5).apply(to: &candidates, history: [])
        // Squares of the probabilities, over their sum 0.345.
        let expected: [Float] = [0.0625, 0.01, 0.25, 0.0225].map { $0 / 0.345 }
        #expect(largestDifference(candidates.probabilities, expected) < 1e-5)
    }

    @Test func coldestTemperaturesStayFinite() throws {
        var sampler = try TokenSampler(SamplingOptions(temperature: 1e-30))
        #expect(try sampler.next(logits: [1000, 1001, -1000], history: []) == 1)
    }

    @Test func repetitionPenalty() throws {
        var candidates = try Candidates(logits: [2, 2, -1, -1])
        try RepetitionPenalty(2).apply(to: &candidates, history: [1, 3])
        #expect(candidates.all.map(\.logit) == [2, 1, -1, -2])
    }

    @Test func greedyTakesTheBest() throws {
        var sampler = try TokenSampler(SamplingOptions())
        #expect(try sampler.next(logits: logits, history: []) == 2)
        #expect(try sampler.next(logits: [1, 3, 3, .nan, -.infinity], history: []) == 1)
        var penalising = try TokenSampler(SamplingOptions(repetitionPenalty: 10))
        #expect(try penalising.next(logits: [3, 2.9], history: [0]) == 1)
    }

    @Test func unusableLogits() throws {
        var sampler = try TokenSampler(SamplingOptions(temperature: 1))
        #expect(throws: SamplingError.noFiniteLogits) { try sampler.next(logits: [.nan, .infinity], history: []) }
        #expect(throws: SamplingError.noFiniteLogits) { try sampler.next(logits: [], history: []) }
    }

    @Test func frequenciesFollowProbabilities() throws {
        var sampler = try TokenSampler(SamplingOptions(temperature: 1, seed: 11))
        var counts = [Int](repeating: 0, count: 5)
        let draws = 20_000
        for _ in 0..<draws { counts[Int(try sampler.next(logits: logits, history: []))] += 1 }
        for (count, probability) in zip(counts, [0.25, 0.1, 0.5, 0, 0.15]) {
            // Five standard deviations.
            let deviation = (Double(draws) * probability * (1 - probability)).squareRoot()
            #expect(abs(Double(count) - Double(draws) * probability) <= 5 * deviation)
        }
    }

    @Test func seedsDecide() throws {
        func draw(seed: UInt64) throws -> [TokenID] {
            var sampler = try TokenSampler(
                SamplingOptions(temperature: 1.3, topK: 4, topP: 0.99, minP: 0.01, seed: seed))
            return try (0..<64).map { _ in try sampler.next(logits: logits, history: []) }
        }
        #expect(try draw(seed: 5) == draw(seed: 5))
        #expect(try draw(seed: 5) != draw(seed: 6))
    }

    /// The generator's published test values for the seed 1234567.
    @Test func splitMix64() {
        var random = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        for value in expected { #expect(random.next() == value) }
    }

    /// Recorded data sets and calibrations are made of these numbers: they stay as they are.
    @Test func splitMix64ForAPurpose() {
        var random = SplitMix64(seed: 42, for: "niah_single_1/8192/3")
        let expected: [UInt64] = [4_842_653_636_351_659_904, 10_205_333_691_638_055_591, 4_546_820_981_601_199_115]
        for value in expected { #expect(random.next() == value) }
        var other = SplitMix64(seed: 42, for: "niah_single_1/8192/4")
        #expect(other.next() != expected[0])
    }

    @Test(arguments: [
        SamplingOptions(temperature: -1), SamplingOptions(temperature: .nan), SamplingOptions(temperature: 101),
        SamplingOptions(temperature: .infinity), SamplingOptions(topK: 0), SamplingOptions(topK: -3),
        SamplingOptions(temperature: 1, topP: 0), SamplingOptions(temperature: 1, topP: 1.1),
        SamplingOptions(topP: .nan), SamplingOptions(minP: -0.1), SamplingOptions(minP: 1.5),
        SamplingOptions(repetitionPenalty: 0), SamplingOptions(repetitionPenalty: 11),
    ])
    func optionsOutOfRangeAreRefused(options: SamplingOptions) {
        #expect(throws: SamplingError.self) { try TokenSampler(options) }
    }
}
