import CKernels
import Tensors

/// What this CPU could do at best: operations a second from registers alone, on all threads together, measured.
struct ArithmeticPeak: Encodable {
    /// Nil where the CPU lacks the operation.
    var int8: Double?
    var bfloat16: Double?
    var float32: Double?

    /// Measures each kind for about a third of a second.
    static func measure(threads: Int) -> ArithmeticPeak {
        let pool = ThreadPool.shared(threads: threads)
        return ArithmeticPeak(
            int8: operationsPerSecond(IR_PEAK_INT8, pool), bfloat16: operationsPerSecond(IR_PEAK_BFLOAT16, pool),
            float32: operationsPerSecond(IR_PEAK_FLOAT32, pool))
    }

    private static func operationsPerSecond(_ kind: ir_peak_kind, _ pool: ThreadPool) -> Double? {
        var iterations: UInt64 = 1 << 16
        while true {
            let start = ContinuousClock.now
            let operations = Counters(count: pool.threads)
            let round = iterations
            pool.run(pool.threads) { operations[$0] = ir_peak_burst(kind, round) }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let total = operations.sum
            if total == 0 { return nil }
            if seconds >= 0.15 { return Double(total) / seconds }
            iterations *= seconds > 0 ? UInt64(max(2, min(16, 0.3 / seconds))) : 16
        }
    }

    private enum CodingKeys: String, CodingKey {
        case int8
        case bfloat16 = "bf16"
        case float32
    }

    /// Every key is always there, null where the CPU lacks the operation.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(int8, forKey: .int8)
        try container.encode(bfloat16, forKey: .bfloat16)
        try container.encode(float32, forKey: .float32)
    }
}

/// One number for each index of a parallel loop; each index writes its own.
private final class Counters: @unchecked Sendable {
    private let values: UnsafeMutableBufferPointer<UInt64>

    init(count: Int) {
        values = .allocate(capacity: count)
        values.initialize(repeating: 0)
    }

    deinit { values.deallocate() }

    subscript(index: Int) -> UInt64 {
        get { values[index] }
        set { values[index] = newValue }
    }

    var sum: UInt64 { values.reduce(0, +) }
}
