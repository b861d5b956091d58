import Documents
import Transformer

/// Chooses what a profile says besides its heads, from texts that the heads were not chosen with.
struct SettingCalibrator {
    private let model: any LanguageModel
    private let documents: [SyntheticDocument]
    private let plan: CalibrationPlan

    init(model: any LanguageModel, documents: [SyntheticDocument], plan: CalibrationPlan) {
        self.plan = plan
        self.model = model
        self.documents = documents
    }

    /// How often each text is read: once for every window size.
    static func readings(for model: any LanguageModel, from profile: RetrievalProfile) -> Int {
        windows(of: model).variants(profile).count
    }

    /// Changes those settings for which another value is better.
    /// - Parameter advance: Called after each text.
    func calibrate(_ profile: inout RetrievalProfile, advance: () -> Void) throws -> [Calibration.Setting] {
        guard !documents.isEmpty else { return [] }
        let window = profile.window
        let texts = try documents.map { document in
            defer { advance() }
            return try TextRecorder(model: model, profile: profile).record(document)
        }
        var settings = ProfileSetting.ofAttention.map { setting in
            SettingChoice.choose(setting, of: &profile, by: plan) { variant in texts.map { $0.tokensToAnswer(variant) }
            }
        }
        settings.append(
            try SettingChoice.choose(Self.windows(of: model), of: &profile, by: plan) { variant in
                if variant.window == window { return texts.map { $0.tokensToAnswer(variant) } }
                return try documents.map { document in
                    defer { advance() }
                    return try TextRecorder(model: model, profile: variant).record(document).tokensToAnswer(variant)
                }
            })
        return settings
    }

    private static func windows(of model: any LanguageModel) -> ProfileSetting {
        .window(longest: model.shape.contextLength / 2)
    }
}
