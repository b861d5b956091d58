import CKernels

/// The activation of a gated feed-forward block.
public enum GatedActivation: Sendable {
    /// x / (1 + exp(-x)).
    case silu
    /// GELU in its tanh form: x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))).
    case gelu
}

/// y = activation(gate(x)) * up(x), where gate and up are linear layers of the same shape: the first half of a gated
/// feed-forward block, without a matrix for `up` in memory.
public struct GatedLinear: Sendable {
    /// The layer that the activation is applied to.
    public let gate: Linear
    /// The layer that is multiplied as it is.
    public let up: Linear
    /// Applied to the gate.
    public let activation: GatedActivation

    /// Combines two layers that must agree in inputs, outputs and arithmetic.
    public init(gate: Linear, up: Linear, activation: GatedActivation) {
        precondition(
            gate.inputs == up.inputs && gate.outputs == up.outputs && gate.arithmetic == up.arithmetic,
            "Gate and up must have the same shape and arithmetic.")
        self.gate = gate
        self.up = up
        self.activation = activation
    }

    /// x: T x inputs; y: T x outputs.
    public func apply(_ x: LinearInput, into y: MatrixView, on pool: ThreadPool) {
        precondition(y.rows == x.rows && y.columns == gate.outputs, "y must have x's rows and the layers' outputs.")
        let partition = PanelPartition(outputs: gate.outputs, rows: x.rows, threads: pool.threads, limit: 2)
        let multiply =
            activation == .silu ? Kernels.current.pointee.silu_multiply : Kernels.current.pointee.gelu_multiply
        pool.run(partition.tasks) { task, worker in
            let panels = partition.panels(of: task)
            let first = panels.lowerBound * PanelPartition.panelWidth
            let columns = min(gate.outputs, panels.upperBound * PanelPartition.panelWidth) - first
            let gated = y.rows(from: panels.lowerBound)
            gate.multiply(x, panels: panels, into: gated, IR_OUTPUT_REPLACE, worker)
            let memory = UnsafeMutablePointer<Float>.allocate(capacity: x.rows * columns)
            defer { memory.deallocate() }
            let lifted = ir_rows(values: memory, stride: columns, rows: x.rows)
            up.multiply(x, panels: panels, into: lifted, IR_OUTPUT_REPLACE, worker)
            for row in 0..<x.rows {
                let out = gated.values + row * gated.stride
                multiply?(out, memory + row * columns, out, columns)
            }
        }
    }
}
