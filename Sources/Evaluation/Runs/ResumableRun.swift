/// Work on items, some of which an interrupted run may have finished: these are not worked on again.
struct ResumableRun<Item: Identifiable, Row: Codable & Identifiable> where Item.ID == String, Row.ID == String {
    /// Items that are worked on together.
    struct Batch {
        var items: [Item]
        /// Gives rows for the items that are still open, which are some of the batch's, in their order.
        var work: (_ open: [Item]) async throws -> [Row]
    }

    var batches: [Batch]

    /// Works on what is open, batch by batch.
    /// - Parameters:
    ///   - folder: Keeps the rows, and gives those of an interrupted run; nil keeps nothing.
    ///   - progress: Called with all rows so far and the number of all items, before the first batch and after each.
    /// - Returns: A row for each item: those of earlier runs first.
    /// - Throws: `CancellationError` between batches when the task is cancelled; what the work throws.
    func rows(
        into folder: ResultFolder<Row>?, progress: (_ rows: [Row], _ total: Int) -> Void
    ) async throws -> [Row] {
        let wanted = Set(batches.flatMap { $0.items.map(\.id) })
        var rows = (folder?.rows ?? []).filter { wanted.contains($0.id) }
        let finished = Set(rows.map(\.id))
        let total = batches.reduce(0) { $0 + $1.items.count }
        progress(rows, total)
        for batch in batches {
            let open = batch.items.filter { !finished.contains($0.id) }
            if open.isEmpty { continue }
            try Task.checkCancellation()
            for row in try await batch.work(open) {
                try folder?.append(row)
                rows.append(row)
            }
            progress(rows, total)
        }
        return rows
    }
}
