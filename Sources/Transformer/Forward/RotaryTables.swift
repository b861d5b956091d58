import Synchronization
import Tensors

/// A model's table of rotary sines and cosines, made longer as longer sequences come.
final class RotaryTables: Sendable {
    private let frequencies: RotaryFrequencies
    private let layout: RotaryLayout
    private let contextLength: Int
    private let table = Mutex<RotaryTable?>(nil)
    /// The same without the magnitude, for vectors that have been turned once already.
    private let turning = Mutex<RotaryTable?>(nil)

    init(frequencies: RotaryFrequencies, layout: RotaryLayout, contextLength: Int) {
        self.frequencies = frequencies
        self.layout = layout
        self.contextLength = contextLength
    }

    /// A table of at least `positions` positions, which must not be more than the context length.
    func covering(_ positions: Int) -> RotaryTable {
        table.withLock { covering(positions, &$0, magnitude: frequencies.magnitude) }
    }

    /// A table for turning rotated vectors on by up to `positions` - 1 positions, likewise.
    func turning(_ positions: Int) -> RotaryTable {
        if frequencies.magnitude == 1 { return covering(positions) }
        return turning.withLock { covering(positions, &$0, magnitude: 1) }
    }

    private func covering(_ positions: Int, _ table: inout RotaryTable?, magnitude: Double) -> RotaryTable {
        if let table, table.positions >= positions { return table }
        let roomy = max(positions, 1024, 2 * (table?.positions ?? 0))
        let longer = RotaryTable(
            positions: max(positions, min(roomy, contextLength)), frequencies: frequencies.frequencies,
            factor: magnitude, layout: layout)
        table = longer
        return longer
    }
}
