import CKernels

/// How the panels of a layer's output rows are dealt out to tasks.
struct PanelPartition {
    static let panelWidth = Int(IR_PANEL_WIDTH)

    let panels: Int
    let tasks: Int

    static func panelCount(outputs: Int) -> Int { (outputs + panelWidth - 1) / panelWidth }

    /// At most `limit` panels a task, and a multiple of `threads` tasks where there are enough panels.
    init(outputs: Int, rows: Int, threads: Int, limit: Int = 4) {
        panels = PanelPartition.panelCount(outputs: outputs)
        // A row or two are soon multiplied: larger tasks, so that handing them out costs little.
        let most = rows < 4 ? max(limit, panels / (4 * threads)) : limit
        let least = (panels + most - 1) / most
        tasks = rows == 0 ? 0 : min(panels, (least + threads - 1) / threads * threads)
    }

    func panels(of task: Int) -> Range<Int> { task * panels / tasks..<(task + 1) * panels / tasks }
}

extension MatrixView {
    /// The whole view as C sees it.
    var all: ir_rows { ir_rows(values: pointer, stride: stride, rows: rows) }

    /// The view from the first column of a panel on.
    func rows(from panel: Int) -> ir_rows {
        ir_rows(values: pointer + panel * PanelPartition.panelWidth, stride: stride, rows: rows)
    }
}
