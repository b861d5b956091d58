import CKernels
import Foundation
import Tensors

/// e to the power of `x`.
func exponential(_ x: Float) -> Float { exp(x) }

/// A group's queries made ready for one window: moved behind it, met with the prefix's keys, turned into int8.
struct WindowQueries {
    private let group: IndexQuestion.Group
    private let dimension: Int

    init(_ group: IndexQuestion.Group, dimension: Int) {
        self.group = group
        self.dimension = dimension
    }

    /// Memory that one group of queries needs, in the thread's own scratch.
    struct Buffers {
        var queries: UnsafeMutablePointer<Float>
        var codes: UnsafeMutablePointer<Int8>
        var sums: UnsafeMutablePointer<Int32>
        var scales: UnsafeMutablePointer<Float>
        var bases: UnsafeMutablePointer<Float>
        var others: UnsafeMutablePointer<Float>
        var logits: UnsafeMutablePointer<Float>
    }

    /// Fills the buffers for a window of `tokens` tokens whose keys' mean is given.
    ///
    /// Logits are counted from the largest one outside the window, so that neither powers nor their sum overflow unless a
    /// key of the window is ahead of all others by e^80.
    func prepare(_ buffers: Buffers, tokens: Int, mean: UnsafePointer<Float>, rotation: RotaryTable) {
        let kernels = Kernels.current.pointee
        group.queries.withUnsafeBufferPointer { from in
            guard let start = from.baseAddress else { return }
            buffers.queries.update(from: start, count: from.count)
        }
        rotation.turn(buffers.queries, vectors: group.count, dimension: dimension, by: tokens)
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
                kernels.quantize_row?(
                    vector, dimension, dimension, buffers.codes + query * dimension, buffers.scales + query,
                    buffers.sums + query)
            }
        }
    }
}
