import InfiniRetri

/// A calibration for people.
enum CalibrationTable {
    /// What to say where the profile is worth nothing.
    static let noHead =
        "no attention head of this model points at answers better than chance: retrieval will hardly find them; "
        + "take another model"

    static func text(of result: Calibration) -> String {
        let chosen = result.heads.filter(\.isChosen).sorted { ($0.layer, $0.head) < ($1.layer, $1.head) }
        var text = "chosen (layer, head): \(chosen.map { "(\($0.layer), \($0.head))" }.joined(separator: " "))\n\n"
        if !result.findsAnswers { text += "\(noHead)\n\n" }
        text += "layer  head  quality  contrast\n"
        for head in result.heads {
            text += SummaryTable.padded("\(head.layer)", to: 7) + SummaryTable.padded("\(head.head)", to: 6)
            text += SummaryTable.padded(Quantity.fixed(head.quality, digits: 3), to: 9)
            text += Quantity.fixed(head.contrast, digits: 2) + (head.isChosen ? "  *" : "") + "\n"
        }
        text += "\n" + SettingTable.text(of: result.settings)
        if let first = result.checks.first {
            text += "answers kept of \(first.questions) further questions, in \(first.budget) tokens\n"
            let width = result.checks.map(\.profile.count).max() ?? 0
            for check in result.checks {
                text += SummaryTable.padded(check.profile, to: width) + "  "
                text += Quantity.fixed(check.answerRecall, digits: 3) + "\n"
            }
        }
        text +=
            "\n\(result.questions) questions, \(result.layers) layers, \(Quantity.fixed(result.seconds, digits: 1)) s\n"
        return text
    }
}
