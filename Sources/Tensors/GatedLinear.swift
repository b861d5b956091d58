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
        let multiply = activationKernel
        gate.prepare(for: x, on: pool)
        up.prepare(for: x, on: pool)
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

    /// The same, made into the next layer's input: in int8 the outputs are coded while they are in the cache, and no
    /// matrix of them is stored.
    ///
    /// x: T x inputs; `target` has as many columns as the layers have outputs, and becomes T rows long, in x's form.
    public func apply(_ x: LinearInput, loading target: LinearInput, on pool: ThreadPool) {
        precondition(
            target.columns == gate.outputs && target.arithmetic == gate.arithmetic,
            "The target must have the layers' outputs as columns, and their arithmetic.")
        target.prepare(rows: x.rows, form: x.form)
        guard gate.arithmetic == .int8, target.group.isMultiple(of: PanelPartition.panelWidth) else {
            applyUnfused(x, loading: target, on: pool)
            return
        }
        gate.prepare(for: x, on: pool)
        up.prepare(for: x, on: pool)
        let width = target.group
        let groupPanels = width / PanelPartition.panelWidth
        let groups = gate.outputs / width
        let block = 96
        let blocks = (x.rows + block - 1) / block
        let multiply = activationKernel
        pool.run(groups * blocks) { task, worker in
            // Blocks of rows follow each other: the weights of a group stay in the cache.
            let (group, index) = task.quotientAndRemainder(dividingBy: blocks)
            let rows = index * block..<min(x.rows, (index + 1) * block)
            let panels = group * groupPanels..<(group + 1) * groupPanels
            let memory = ir_worker_scratch(worker, 2 * rows.count * width * MemoryLayout<Float>.stride)
                .bindMemory(to: Float.self, capacity: 2 * rows.count * width)
            let lifted = memory + rows.count * width
            let gated = ir_rows(values: memory, stride: width, rows: rows.count)
            gate.multiplyInt8(x, rows: rows, panels: panels, into: gated, IR_OUTPUT_REPLACE)
            up.multiplyInt8(
                x, rows: rows, panels: panels, into: ir_rows(values: lifted, stride: width, rows: rows.count),
                IR_OUTPUT_REPLACE)
            for (i, row) in rows.enumerated() {
                let out = memory + i * width
                multiply?(out, lifted + i * width, out, width)
                target.store(out, row: row, group: group)
            }
        }
    }

    private func applyUnfused(_ x: LinearInput, loading target: LinearInput, on pool: ThreadPool) {
        if target.arithmetic == .float32 {
            apply(x, into: target.values, on: pool)
        } else {
            let outputs = Matrix(rows: x.rows, columns: gate.outputs)
            apply(x, into: outputs.view, on: pool)
            target.load(outputs.view, form: x.form, on: pool)
        }
    }

    private var activationKernel:
        (@convention(c) (UnsafePointer<Float>?, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int) -> Void)?
    {
        switch activation {
        case .silu: Kernels.current.pointee.silu_multiply
        case .gelu: Kernels.current.pointee.gelu_multiply
        }
    }
}
