import CKernels
import Tensors
import TestSupport
import Testing

/// The scan of stored keys against its definition, and what an index does with scores.
@Suite struct KeyScanTests {
    /// What products are made of.
    enum Kind: CaseIterable {
        case codes, lowCodesToo, halves
    }

    /// Queries and keys of one window, at addresses that are not aligned.
    private struct Case {
        let kind: Kind
        let keys: Int
        let dimension: Int
        let queries: Int
        let codes: GuardedArray<UInt8>
        let scales: GuardedArray<Float>
        let queryCodes: GuardedArray<Int8>
        let sums: GuardedArray<Int32>
        let lowCodes: GuardedArray<Int8>
        let lowSums: GuardedArray<Int32>
        let queryScales: GuardedArray<Float>
        let halves: GuardedArray<UInt16>
        let queryValues: GuardedArray<Float>
        let bases: GuardedArray<Float>
        let others: GuardedArray<Float>
        let weights: GuardedArray<Float>
        let before: [Float]

        init(keys: Int, dimension: Int, queries: Int, kind: Kind = .codes, extreme: Bool = false) {
            self.kind = kind
            (self.keys, self.dimension, self.queries) = (keys, dimension, queries)
            var generator = SeededGenerator(seed: UInt64(keys * 1_000 + queries))
            let padded = (keys + 15) / 16 * 16
            func code() -> Int {
                extreme ? (Bool.random(using: &generator) ? 127 : -127) : .random(in: -127...127, using: &generator)
            }
            codes = GuardedArray((0..<padded * dimension).map { _ in UInt8(code() + 128) })
            // What pads a tile must not count, whatever it holds.
            scales = GuardedArray((0..<padded).map { $0 < keys ? .random(in: 0.01...0.03, using: &generator) : 1 })
            let queryCodes = (0..<queries * dimension).map { _ in Int8(code()) }
            self.queryCodes = GuardedArray(queryCodes)
            sums = GuardedArray(
                (0..<queries).map { query in
                    queryCodes[query * dimension..<(query + 1) * dimension].reduce(0) { $0 + Int32($1) }
                })
            let lowCodes = (0..<queries * dimension).map { _ in Int8.random(in: -64...64, using: &generator) }
            self.lowCodes = GuardedArray(lowCodes)
            lowSums = GuardedArray(
                (0..<queries).map { query in
                    lowCodes[query * dimension..<(query + 1) * dimension].reduce(0) { $0 + Int32($1) }
                })
            let unit: Float = kind == .lowCodesToo ? 1 / 128 : 1
            queryScales = GuardedArray((0..<queries).map { _ in unit * .random(in: 0.001...0.003, using: &generator) })
            halves = GuardedArray(
                (0..<padded * dimension).map { _ in halfBits(.random(in: -2...2, using: &generator)) })
            queryValues = GuardedArray((0..<queries * dimension).map { _ in .random(in: -1...1, using: &generator) })
            bases = GuardedArray((0..<queries).map { _ in .random(in: -8...2, using: &generator) })
            others = GuardedArray((0..<queries).map { _ in .random(in: 1...20, using: &generator) })
            weights = GuardedArray((0..<queries).map { _ in .random(in: 0...9, using: &generator) })
            before = (0..<padded).map { _ in .random(in: 0...0.1, using: &generator) }
        }

        func scores(_ set: InstructionSet) -> [Float] {
            let scores = GuardedArray(before)
            let powers = GuardedArray<Float>(count: before.count * Int(IR_KEY_SCAN_QUERIES))
            var scan = ir_key_scan(
                keys: keys, dimension: dimension, halves: kind == .halves ? halves.pointer : nil, codes: codes.pointer,
                scales: scales.pointer, query_codes: queryCodes.pointer, query_sums: sums.pointer,
                query_low_codes: kind == .lowCodesToo ? lowCodes.pointer : nil, query_low_sums: lowSums.pointer,
                query_scales: queryScales.pointer, query_values: queryValues.pointer, queries: queries,
                bases: bases.pointer, others: others.pointer, weights: weights.pointer, powers: powers.pointer,
                scores: scores.pointer)
            set.kernels.scan_keys(&scan)
            #expect(scores.guardsStand && powers.guardsStand)
            return Array(scores.values[..<keys])
        }

        /// The definition, in double precision.
        var expected: [Double] {
            var scores = before[..<keys].map(Double.init)
            for query in 0..<queries {
                let powers = (0..<keys).map { key in
                    exponential(min(80, product(key: key, query: query) + Double(bases.values[query])))
                }
                let total = powers.reduce(Double(others.values[query]), +)
                for key in 0..<keys { scores[key] += Double(weights.values[query]) * powers[key] / total }
            }
            return scores
        }

        private func product(key: Int, query: Int) -> Double {
            if kind == .halves {
                return (0..<dimension).reduce(0) { sum, d in
                    let half = ir_half_to_float(halves.values[(key / 16 * dimension + d) * 16 + key % 16])
                    return sum + Double(half) * Double(queryValues.values[query * dimension + d])
                }
            }
            let sum = (0..<dimension).reduce(0) { sum, d in
                let place = key / 16 * 16 * dimension + d / 4 * 64 + key % 16 * 4 + d % 4
                let high = Int(queryCodes.values[query * dimension + d])
                let code = kind == .codes ? high : 128 * high + Int(lowCodes.values[query * dimension + d])
                return sum + (Int(codes.values[place]) - 128) * code
            }
            return Double(scales.values[key]) * Double(queryScales.values[query]) * Double(sum)
        }
    }

    @Test(arguments: InstructionSet.all, Kind.allCases) func scanEqualsItsDefinition(
        _ set: InstructionSet, kind: Kind
    ) {
        for (keys, dimension, queries) in [
            (1, 4, 1), (15, 64, 3), (16, 64, 4), (17, 64, 5), (100, 128, 8), (333, 64, 21),
        ] {
            let sample = Case(keys: keys, dimension: dimension, queries: queries, kind: kind)
            let expected = sample.expected
            // Logits of up to 40 carry 40 rounding units into their powers, and so does their sum.
            #expect(worstExcess(sample.scores(set), expected) { 200 * roundingUnit * expected[$0] } <= 1)
        }
    }

    @Test(arguments: InstructionSet.all) func extremeCodesDoNotSaturate(_ set: InstructionSet) {
        let sample = Case(keys: 40, dimension: 64, queries: 9, extreme: true)
        let expected = sample.expected
        #expect(worstExcess(sample.scores(set), expected) { 400 * roundingUnit * expected[$0] } <= 1)
    }

    @Test(arguments: InstructionSet.all) func checksumIsCRC32C(_ set: InstructionSet) {
        // The check value of the polynomial's catalogue entry, and RFC 3720's examples.
        #expect(set.kernels.crc32c(0, Array("123456789".utf8), 9) == 0xE306_9283)
        #expect(set.kernels.crc32c(0, [UInt8](repeating: 0, count: 32), 32) == 0x8A91_36AA)
        #expect(set.kernels.crc32c(0, [UInt8](repeating: 0xFF, count: 32), 32) == 0x62A8_AB43)
        let first = set.kernels.crc32c(0, Array("1234".utf8), 4)
        #expect(set.kernels.crc32c(first, Array("56789".utf8), 5) == 0xE306_9283)
    }

    @Test func fourBitsBecomeBytes() {
        let codes = (0..<128).map { UInt8(1 + $0 * 7 % 15) }
        let packed = [0, 64].flatMap { start in (start..<start + 32).map { codes[$0] | codes[$0 + 32] << 4 } }
        let unpacked = GuardedArray<UInt8>(count: 128)
        ir_unpack_int4(packed, 128, unpacked.pointer)
        #expect(unpacked.values == codes.map { $0 + 120 })
        #expect(unpacked.guardsStand)
    }

    @Test func meanOfBestTakesTheLargest() {
        var generator = SeededGenerator(seed: 3)
        for count in [0, 1, 3, 19, 20, 21, 150] {
            let values = generator.normals(count)
            for best in [1, 2, 20, 256] {
                let kept = values.sorted(by: >).prefix(best)
                let expected = kept.reduce(0, +) / Float(max(kept.count, (best + 3) / 4))
                #expect(ir_mean_of_best(values, count, best) == expected)
            }
        }
    }

    @Test func boxFilterLeansLeft() {
        for (width, expected) in [(1, [1, 2, 3, 4]), (2, [1, 3, 5, 7]), (3, [3, 6, 9, 7]), (8, [10, 10, 10, 10])] {
            var filtered = [Float](repeating: 0, count: 4)
            ir_box_filter([1, 2, 3, 4], 4, width, &filtered)
            #expect(filtered == expected.map(Float.init))
        }
    }
}
