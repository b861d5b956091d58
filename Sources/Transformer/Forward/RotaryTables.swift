import Synchronization
import Tensors

/// A model's table of rotary sines and cosines, made longer as longer sequences come.
final class RotaryTables: Sendable {
    private let frequencies: RotaryFrequencies
    private let layout: RotaryLayout
    private let contextLength: Int
    private let table = Mutex<RotaryTable?>(nil)

    init(frequencies: RotaryFrequencies, layout: RotaryLayout, contextLength: Int) {
        self.frequencies = frequencies
        self.layout = layout
        self.contextLength = contextLength
    }

    /// A table of at least `positions` positions, which must not be more than the context length.
    func covering(_ positions: Int) -> RotaryTable {
        table.withLock { table in
            if let table, table.positions >= positions { return table }
            let roomy = max(positions, 1024, 2 * (table?.positions ?? 0))
            let longer = RotaryTable(
                positions: max(positions, min(roomy, contextLength)), frequencies: frequencies.frequencies,
                factor: frequencies.magnitude, layout: layout)
            table = longer
            return longer
        }
    }
}
