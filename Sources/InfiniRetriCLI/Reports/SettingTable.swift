import Foundation
import InfiniRetri

/// What a calibration tried for the settings of a profile, for people.
enum SettingTable {
    /// One line for each setting; a star marks the chosen value.
    static func text(of settings: [Calibration.Setting]) -> String {
        guard !settings.isEmpty else { return "" }
        let width = settings.map(\.name.count).max() ?? 0
        var text = "setting, and tokens of evidence down to the answer with each of its values\n"
        for setting in settings {
            let values = setting.values.map { value in
                let tokens = Quantity.fixed(value.tokens, digits: 0)
                return "\(value.value) \(tokens)" + (value.value == setting.chosen ? " *" : "")
            }
            text += SummaryTable.padded(setting.name, to: width) + "  \(values.joined(separator: ", "))"
            text += proof(of: setting) + "\n"
        }
        return text + "\n"
    }

    /// What the best value saved on texts that it was not chosen with.
    private static func proof(of setting: Calibration.Setting) -> String {
        guard let before = setting.values.first?.value, setting.best != before else { return "" }
        let saving = 100 * (1 - exp(-setting.saving))
        let share = Quantity.fixed(abs(saving), digits: 1)
        let result = saving < 0 ? "costs \(share) % more" : "saves \(share) %"
        let error = Quantity.fixed(100 * setting.standardError, digits: 1)
        return "; on other texts \(setting.best) \(result) (±\(error))"
            + (setting.chosen == setting.best ? "" : ", not enough to leave \(before)")
    }
}
