import Foundation
import Testing
import Transformer

@Suite struct RotaryScalingTests {
    private func frequencies(_ scaling: RotaryScaling, divisors: [Float]? = nil) -> RotaryFrequencies {
        RotaryFrequencies(dimensions: 64, base: 10_000, scaling: scaling, divisors: divisors)
    }

    @Test func unscaled() {
        let found = frequencies(.none)
        #expect(found.frequencies.count == 32)
        #expect(found.magnitude == 1)
        #expect(found.frequencies[0] == 1)
        // base^(-2 * 16 / 64)
        #expect(abs(found.frequencies[16] - 0.01) < 1e-12)
    }

    @Test func linear() {
        let plain = frequencies(.none).frequencies
        #expect(frequencies(.linear(factor: 4)).frequencies == plain.map { $0 / 4 })
    }

    @Test func divisors() {
        let divisors = (0..<32).map { Float($0 + 1) }
        let plain = frequencies(.none).frequencies
        let found = frequencies(.none, divisors: divisors).frequencies
        #expect(found == zip(plain, divisors).map { $0 / Double($1) })
    }

    @Test func yarnKeepsFastPairsAndDividesSlowOnes() {
        let plain = frequencies(.none).frequencies
        let found = frequencies(.yarn(.init(factor: 8, originalContext: 2048)))
        for (before, after) in zip(plain, found.frequencies) {
            let turns = 2048 * before / (2 * .pi)
            if turns > 45 { #expect(after == before) }
            if turns < 0.7 { #expect(abs(after - before / 8) < 1e-15) }
            #expect(after <= before && after >= before / 8 - 1e-15)
        }
        #expect(found.frequencies != plain)
        // The paper's 0.1 ln(s) + 1.
        #expect(abs(found.magnitude - (0.1 * log(8.0) + 1)) < 1e-12)
    }

    @Test func yarnWithoutStretchingChangesNothing() {
        let found = frequencies(.yarn(.init(factor: 1, originalContext: 2048)))
        #expect(found.frequencies == frequencies(.none).frequencies)
        #expect(found.magnitude == 1)
    }
}
