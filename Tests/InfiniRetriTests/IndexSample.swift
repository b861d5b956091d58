import Foundation
import InfiniRetri
import TestSupport
import Transformer

/// A tiny random model, a folder of texts, and indexes of them.
struct IndexSample {
    let folder: TemporaryFolder
    let model: TransformerModel
    private let file: TemporaryFile
    private let keyFormat: KeyFormat
    static let questions = ["How many ships came back?", "Who counted them in the year 1443?"]

    init(seed: UInt64 = 1, keyFormat: KeyFormat = .int8) throws {
        self.keyFormat = keyFormat
        folder = try TemporaryFolder()
        file = try RandomModel {
            $0.layers = 3
            $0.seed = seed
        }.temporaryFile()
        model = try TransformerModel.load(path: file.path)
    }

    /// A text of many paragraphs.
    static func text(_ name: String, paragraphs: Int) -> String {
        (1...paragraphs).map { number in
            "Entry \(number) of \(name) tells of \(number * 37) ships. They came back in the year \(1_400 + number) and were "
                + "counted.\n\n"
        }.joined()
    }

    /// Writes a text file.
    func write(_ name: String, paragraphs: Int) throws -> Document {
        .file(path: try folder.write(Self.text(name, paragraphs: paragraphs), to: "texts/\(name).txt"))
    }

    var plan: RetrievalPlan {
        var plan = RetrievalPlan.standard
        plan.budget = 120
        plan.window = 200
        plan.keyFormat = keyFormat
        return plan
    }

    func builder() throws -> IndexBuilder { try IndexBuilder(model: model, plan: plan) }

    /// The evidence for the questions.
    func evidence(_ path: String, threads: Int = 2) async throws -> [[Evidence]] {
        let index = try AttentionIndex(path: path, threads: threads)
        var evidence: [[Evidence]] = []
        for try await event in try Retriever(model: model, plan: plan)
            .ask(Self.questions, in: index, answering: nil)
        {
            if case .answer(let answer, _) = event { evidence.append(answer.evidence) }
        }
        return evidence
    }
}

extension [[Evidence]] {
    /// The same but for scores, which depend on what else is in the index.
    var places: [[String]] { map { $0.map { "\($0.document) \($0.byteRange)" } } }
}
