import Foundation

/// Chooses a setting's value by how much evidence each needs to hold the answers.
///
/// The best value on one half of the texts must prove itself on the other half, which it was not chosen with: only where it
/// saves evidence there, clearly more than chance would, is it taken. Of many values one always looks better than that at hand.
package enum SettingChoice {
    /// Changes the profile where another value of the setting is better.
    ///
    /// - Parameter measure: Tokens of evidence down to the answer (``RecordedText/tokensToAnswer(_:)``) for each text and
    ///   question; the same questions for each profile.
    package static func choose(
        _ setting: ProfileSetting, of profile: inout RetrievalProfile, by plan: CalibrationPlan = CalibrationPlan(),
        measure: (RetrievalProfile) throws -> [[Int]]
    ) rethrows -> Calibration.Setting {
        let variants = setting.variants(profile)
        let costs = try variants.map { try measure($0.profile).map { $0.map { log(Double($0)) } } }
        let chosenWith = costs.map { half(of: $0, choosing: true).mean }
        let best = chosenWith.indices.min { chosenWith[$0] < chosenWith[$1] } ?? 0
        let savings = zip(half(of: costs[0], choosing: false), half(of: costs[best], choosing: false)).map { $0 - $1 }
        let (saving, error) = (savings.mean, savings.standardError)
        let isBetter = saving > plan.settingTrifle && saving > plan.certainty * error
        if isBetter { profile = variants[best].profile }
        return Calibration.Setting(
            name: setting.name, chosen: variants[isBetter ? best : 0].value,
            values: zip(variants, chosenWith).map { Calibration.Setting.Value(value: $0.value, tokens: exp($1)) },
            best: variants[best].value, saving: saving, standardError: error)
    }

    /// The costs of one half of the texts. Texts with distractors, or a user's own, come in a rhythm of two and four: both halves
    /// get as many of each.
    private static func half(of costs: [[Double]], choosing: Bool) -> [Double] {
        costs.enumerated().flatMap { text, costs in
            ((text / 2).nonzeroBitCount % 2 == 0) == choosing ? costs : []
        }
    }
}
