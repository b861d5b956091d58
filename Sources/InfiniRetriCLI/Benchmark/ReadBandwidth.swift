import CKernels
import Tensors

/// How fast all threads together read memory, in bytes a second: what bounds decoding, which reads every weight for each token.
enum ReadBandwidth {
    /// Bytes that are read: more than caches hold on most machines.
    private static let size = 512 << 20

    /// The best of several readings, about half a second.
    static func measure(threads: Int) -> Double {
        let pool = ThreadPool.shared(threads: threads)
        let words = size / MemoryLayout<UInt64>.size
        let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
        defer { memory.deallocate() }
        memory.initialize(repeating: 1, count: words)
        let source = Source(words: memory)
        let parts = 64 * threads
        return (0..<4).reduce(0) { best, _ in
            let start = ContinuousClock.now
            pool.run(parts) { part in
                let range = part * words / parts..<(part + 1) * words / parts
                let sum = ir_peak_read(source.words + range.lowerBound, range.count)
                precondition(sum == range.count, "Memory must hold what was written.")
            }
            return max(best, Double(size) / ((ContinuousClock.now - start) / .seconds(1)))
        }
    }

    private struct Source: @unchecked Sendable {
        let words: UnsafePointer<UInt64>
    }
}
