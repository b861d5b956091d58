import Foundation
import Tokenization

/// Puts all sets of a board to all systems.
public struct BoardRun {
    /// A system with the name that its rows and its folder have.
    public struct System {
        /// The name.
        public var name: String
        /// The system.
        public var system: any EvidenceSystem

        /// A system by name.
        public init(_ name: String, _ system: any EvidenceSystem) {
            self.name = name
            self.system = system
        }
    }

    /// How far a run is.
    public struct Progress: Sendable, Equatable {
        /// The set and the system at hand.
        public var set: String, system: String
        /// Questions that are done, and all of them.
        public var finished: Int, total: Int
    }

    private let parts: [(set: BoardSet, task: any EvaluationTask, systems: [System])]
    private let circumstances: [String: String]

    /// Reads and checks all sets.
    /// - Parameters:
    ///   - tokenizer: Lengths of haystacks are counted with it.
    ///   - circumstances: What else results depend on: the model, its arithmetic.
    ///   - systems: What is put to a set; the first is compared with the others.
    /// - Throws: `EvaluationError`, naming the set; what `systems` throws.
    public init(
        _ manifest: BoardManifest, tokenizer: Tokenizer, circumstances: [String: String] = [:],
        systems: (BoardSet) throws -> [System]
    ) throws {
        self.circumstances = circumstances
        parts = try manifest.sets.map { (set: $0, task: try $0.task(tokenizer: tokenizer), systems: try systems($0)) }
    }

    /// Runs what is missing and puts everything together.
    /// - Parameters:
    ///   - folder: Keeps rows, summary and report of each set and system in `SET/SYSTEM`, and gives those of an interrupted run;
    ///     results of other systems that stand there are taken too (``OutsideResults``). `summary.json` and `report.html` of the
    ///     whole board stand in the folder itself. Nil keeps nothing.
    ///   - progress: Called for each system of each set, before the first question and after each pass.
    /// - Throws: `CancellationError` when the task is cancelled; `EvaluationError` where kept results do not fit; what a
    ///   system throws.
    public func run(into folder: String? = nil, progress: (Progress) -> Void = { _ in }) async throws -> Board {
        let folder = folder.map { URL(fileURLWithPath: $0, isDirectory: true) }
        // First of all: what cannot be read should not come to light after hours.
        let outside = try parts.map { part in
            try folder.map {
                try OutsideResults(
                    in: $0.appending(path: part.set.name), besides: part.systems.map(\.name),
                    settings: part.task.settings.merging(["budget": "\(part.set.budget)"]) { $1 })
            }
        }
        var board = Board(circumstances: circumstances, sets: [])
        for (part, outside) in zip(parts, outside) {
            var rows: [(system: String, rows: [EvaluationRow])] = []
            for system in part.systems {
                let runner = EvaluationRunner(task: part.task, system: system.system, circumstances: circumstances)
                let kept = try folder.map {
                    try ResultFolder<EvaluationRow>(
                        path: $0.appending(path: part.set.name).appending(path: system.name).path,
                        settings: runner.settings)
                }
                var found: [EvaluationRow] = []
                _ = try await runner.run(into: kept) { finished, total in
                    found = finished
                    progress(.init(set: part.set.name, system: system.name, finished: finished.count, total: total))
                }
                rows.append((system.name, found))
            }
            rows += outside?.rows(for: Set(rows.flatMap { $0.rows.map(\.id) })) ?? []
            board.sets.append(
                BoardResult(name: part.set.name, task: part.set.taskName, budget: part.set.budget, rows: rows))
        }
        if let folder {
            try ResultFiles.write(board, to: folder)
            try ResultFiles.write(BoardReport(board).page, to: folder)
        }
        return board
    }
}
