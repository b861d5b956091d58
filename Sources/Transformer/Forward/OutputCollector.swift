import Tensors
import Tokenization

/// Gathers what a sequence puts out of the last layer, as chunks come by.
struct OutputCollector {
    /// For each position whose logits are asked for, in that order, these.
    private(set) var logits: [[Float]]
    /// For each token whose log-probability is asked for, in that order, this.
    private(set) var logProbabilities: [Double]
    private let targets: [TokenID]?
    /// Indices into the answer by position; a position may be asked for twice.
    private let slots: [Int: [Int]]

    /// Rows whose logits are in memory at once: they are far wider than anything else.
    private static let batch = 64

    init(_ plan: SequencePlan) {
        targets = plan.targets
        logits = plan.targets == nil ? [[Float]](repeating: [], count: plan.outputPositions.count) : []
        logProbabilities = [Double](repeating: 0, count: plan.targets?.count ?? 0)
        slots = Dictionary(grouping: plan.outputPositions.indices) { plan.outputPositions[$0] }
    }

    /// A row of the residual stream, and what it is asked for: a place in the answer of a sequence.
    private struct Output {
        let row: Int
        let sequence: Int
        let slot: Int
    }

    /// Runs the final norm and the output head over those of `rows` that were asked for.
    static func collect(
        _ rows: PackedRows, residual: Matrix, into collectors: inout [OutputCollector], network: Network,
        form: WeightForm
    ) throws {
        let outputs = rows.segments.flatMap { segment in
            segment.positions.flatMap { position in
                (collectors[segment.sequence].slots[position] ?? []).map { slot in
                    Output(
                        row: segment.firstRow + position - segment.positions.lowerBound, sequence: segment.sequence,
                        slot: slot)
                }
            }
        }
        guard !outputs.isEmpty else { return }
        let head = try network.weights.head()
        let scored = outputs.filter { collectors[$0.sequence].targets != nil }
        let whole = outputs.filter { collectors[$0.sequence].targets == nil }
        if !scored.isEmpty {
            let targets = scored.map { Int(collectors[$0.sequence].targets?[$0.slot] ?? 0) }
            let found = head.logProbabilities(
                input(scored[...], residual: residual, network: network, form: form), of: targets, on: network.pool)
            for (output, value) in zip(scored, found) {
                collectors[output.sequence].logProbabilities[output.slot] = value
            }
        }
        for first in stride(from: 0, to: whole.count, by: Self.batch) {
            let batch = whole[first..<min(first + Self.batch, whole.count)]
            let logits = Matrix(rows: batch.count, columns: head.outputs)
            head.apply(
                input(batch, residual: residual, network: network, form: form), into: logits.view, on: network.pool)
            for (row, output) in batch.enumerated() {
                collectors[output.sequence].logits[output.slot] = Array(logits.row(row))
            }
        }
    }

    /// The normalised rows, as the output head takes them.
    private static func input(
        _ outputs: ArraySlice<Output>, residual: Matrix, network: Network, form: WeightForm
    ) -> LinearInput {
        let gathered = Matrix(rows: outputs.count, columns: residual.columns)
        for (row, output) in outputs.enumerated() {
            gathered.view.row(row).update(from: residual.view.row(output.row), count: residual.columns)
        }
        let input = LinearInput(columns: residual.columns, arithmetic: network.arithmetic)
        input.load(
            normalizing: gathered.view, weight: network.weights.outputNorm.pointer, epsilon: network.normEpsilon,
            form: form, on: network.pool)
        return input
    }
}
