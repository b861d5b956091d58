/// A setting of a profile with the values that calibration tries for it.
package struct ProfileSetting: Sendable {
    /// A profile that differs in this setting alone.
    package struct Variant: Sendable {
        package var value: String
        package var profile: RetrievalProfile
    }

    /// The setting's name in profile files.
    package let name: String
    /// The profile as it is, and behind it with every other value.
    package let variants: @Sendable (RetrievalProfile) -> [Variant]

    private init<Value: Equatable & Sendable>(
        _ name: String, _ path: any WritableKeyPath<RetrievalProfile, Value> & Sendable, _ values: [Value],
        describe: @escaping @Sendable (Value) -> String
    ) {
        self.name = name
        variants = { profile in
            let current = profile[keyPath: path]
            return ([current] + values.filter { $0 != current }).map { value in
                var variant = profile
                variant[keyPath: path] = value
                return Variant(value: describe(value), profile: variant)
            }
        }
    }

    /// What can be tried on attention that is read once, in the order in which it is chosen.
    package static let ofAttention: [ProfileSetting] = [unit, selection, queryWeights, phraseWidth]

    static let unit = ProfileSetting("unit", \.unit, [.paragraph, .sentence]) { $0.rawValue }

    static let selection = ProfileSetting(
        "selection", \.selection, [1, 5, 10, 20, 40, 80].map { .bestUnits(tokensPerUnit: $0) }
    ) {
        switch $0 {
        case .bestTokens: "best token"
        case .bestUnits(let tokensPerUnit): "best \(tokensPerUnit)"
        }
    }

    static let queryWeights = ProfileSetting("queryWeights", \.queryWeights, [.rarity, .uniform, .attentionToQuery]) {
        $0.rawValue
    }

    static let phraseWidth = ProfileSetting("phraseWidth", \.phraseWidth, [1, 3, 5, 8, 12, 16]) { String($0) }

    /// Each value must be read by the model.
    /// - Parameter longest: The largest window that the model has room for.
    static func window(longest: Int) -> ProfileSetting {
        ProfileSetting("window", \.window, [500, 1_000, 1_500, 2_000].filter { $0 <= longest }) { String($0) }
    }
}
