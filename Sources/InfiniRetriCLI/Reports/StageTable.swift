import Foundation
import InfiniRetri

/// What each stage of retrieval kept for a question, and the plan in use: `--explain`.
enum StageTable {
    static func text(of answer: Answer, plan: RetrievalPlan) -> String {
        var text = "\(answer.question)\n"
        let width = answer.stages.map(\.stage.count).max() ?? 0
        for stage in answer.stages {
            text += "  \(SummaryTable.padded(stage.stage, to: width))  \(Quantity.count(stage.passages, "passage"))"
            text +=
                ", \(Quantity.count(stage.tokens)) tokens, best score \(Quantity.fixed(Double(stage.best), digits: 4))\n"
        }
        let json = (try? JSONEncoder.stable.encode(plan)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text + "  plan  \(json)"
    }
}
