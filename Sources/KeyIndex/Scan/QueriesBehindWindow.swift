import CKernels
import Foundation
import Tensors

/// e to the power of `x`.
func exponential(_ x: Float) -> Float { exp(x) }

/// A group's queries made ready for one window: moved behind it, with their logits for the prefix, turned into int8 where the
/// window's keys are.
struct QueriesBehindWindow {
    private let group: QuestionQueries.Group
    private let dimension: Int

    init(_ group: QuestionQueries.Group, dimension: Int) {
        self.group = group
        self.dimension = dimension
    }

    /// Memory that one group of queries needs, in the thread's own scratch.
    struct Buffers {
        var queries: UnsafeMutablePointer<Float>
        var codes: UnsafeMutablePointer<Int8>
        var sums: UnsafeMutablePointer<Int32>
        var lowCodes: UnsafeMutablePointer<Int8>
        var lowSums: UnsafeMutablePointer<Int32>
        var scales: UnsafeMutablePointer<Float>
        var bases: UnsafeMutablePointer<Float>
        var others: UnsafeMutablePointer<Float>
        var logits: UnsafeMutablePointer<Float>
        /// Room for the window's scales and codes, where they are not stored as the kernel takes them.
        var keyScales: UnsafeMutablePointer<Float>
        var keyCodes: UnsafeMutablePointer<UInt8>
    }

    /// Fills the buffers for a window of `tokens` tokens.
    ///
    /// Logits are counted from the largest one outside the window, so that neither powers nor their sum overflow unless a
    /// key of the window is ahead of all others by e^80.
    /// - Returns: What is to be scanned, but for the places where the results go.
    func prepare(_ buffers: Buffers, tokens: Int, keys: WindowBlock.Keys, rotation: RotaryTable) -> ir_key_scan {
        group.queries.withUnsafeBufferPointer { from in
            guard let start = from.baseAddress else { return }
            buffers.queries.update(from: start, count: from.count)
        }
        rotation.turn(buffers.queries, vectors: group.count, dimension: dimension, by: tokens)
        attendToPrefix(buffers, mean: keys.mean)
        var scan = ir_key_scan()
        scan.keys = tokens
        scan.dimension = dimension
        scan.queries = group.count
        scan.query_values = UnsafePointer(buffers.queries)
        scan.bases = UnsafePointer(buffers.bases)
        scan.others = UnsafePointer(buffers.others)
        switch keys.elements {
        case .float16(let halves): scan.halves = halves
        case .int8(let ranges, let scales, let codes):
            scan.codes = codes
            scan.scales = scales
            quantize(buffers, ranges: ranges, for: &scan)
        case .int4(let ranges, let scales, let codes):
            let padded = KeyLayout.padded(tokens)
            ir_unpack_int4(codes, padded * dimension, buffers.keyCodes)
            Kernels.current.pointee.dequantize_f16?(scales, buffers.keyScales, padded)
            scan.codes = UnsafePointer(buffers.keyCodes)
            scan.scales = UnsafePointer(buffers.keyScales)
            quantize(buffers, ranges: ranges, for: &scan)
        }
        return scan
    }

    /// Codes of the queries, whose elements are multiplied by the keys' ranges first; low codes where they are needed.
    private func quantize(_ buffers: Buffers, ranges: UnsafePointer<Float>, for scan: inout ir_key_scan) {
        var largestScale: Float = 0
        for query in 0..<group.count {
            let vector = buffers.queries + query * dimension
            for d in 0..<dimension { vector[d] *= ranges[d] }
            Kernels.current.pointee.quantize_row?(
                vector, dimension, dimension, buffers.codes + query * dimension, buffers.scales + query,
                buffers.sums + query)
            largestScale = max(largestScale, buffers.scales[query])
        }
        // Elements of a key are within 1 here, so this bounds the spread of the logits' errors by the queries' rounding.
        if largestScale * (Float(dimension) / 12).squareRoot() > Self.tolerance {
            addLowCodes(buffers)
            scan.query_low_codes = UnsafePointer(buffers.lowCodes)
            scan.query_low_sums = UnsafePointer(buffers.lowSums)
        }
        scan.query_codes = UnsafePointer(buffers.codes)
        scan.query_sums = UnsafePointer(buffers.sums)
        scan.query_scales = UnsafePointer(buffers.scales)
    }

    /// Logits may be off by about this much before queries take twice the bits.
    private static let tolerance: Float = 0.25

    /// Codes of what the queries' codes leave, in 128ths of their steps.
    private func addLowCodes(_ buffers: Buffers) {
        for query in 0..<group.count {
            let scale = buffers.scales[query]
            var sum: Int32 = 0
            for index in query * dimension..<(query + 1) * dimension {
                let rest = scale > 0 ? buffers.queries[index] / scale - Float(buffers.codes[index]) : 0
                let code = max(-64, min(64, (128 * rest).rounded(.toNearestOrEven)))
                buffers.lowCodes[index] = Int8(code)
                sum += Int32(code)
            }
            buffers.lowSums[query] = sum
            buffers.scales[query] = scale / 128
        }
    }

    /// The logits of the keys that stand before the window, and what all keys of the window have in common.
    private func attendToPrefix(_ buffers: Buffers, mean: UnsafePointer<Float>) {
        let kernels = Kernels.current.pointee
        let prefix = group.prefixKeys.count / dimension
        group.prefixKeys.withUnsafeBufferPointer { prefixKeys in
            for query in 0..<group.count {
                let vector = buffers.queries + query * dimension
                var largest = group.ownMaximum[query]
                for key in 0..<prefix {
                    let logit =
                        kernels.dot?(vector, prefixKeys.baseAddress.map { $0 + key * dimension }, dimension) ?? 0
                    buffers.logits[key] = logit
                    largest = max(largest, logit)
                }
                var powers = group.ownPowers[query] * exponential(group.ownMaximum[query] - largest)
                for key in 0..<prefix { powers += exponential(buffers.logits[key] - largest) }
                buffers.others[query] = powers
                buffers.bases[query] = (kernels.dot?(vector, mean, dimension) ?? 0) - largest
            }
        }
    }
}
