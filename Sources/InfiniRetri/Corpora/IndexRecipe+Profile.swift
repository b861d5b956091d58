import Documents
import Foundation
import KeyIndex
import Transformer

extension IndexRecipe {
    /// What an index is made for that serves a profile and a plan.
    /// - Throws: ``IndexError/unsupportedProfile(name:reason:)`` where the profile reads attention in ways that need the text
    ///   itself: stored keys are attended to by the question's own tokens, and passages ranked by their best tokens.
    package init(model: any LanguageModel, profile: RetrievalProfile, plan: RetrievalPlan) throws {
        func refuse(_ reason: String) -> IndexError { .unsupportedProfile(name: profile.name, reason: reason) }
        guard case .bestUnits(let tokensPerUnit) = profile.selection, profile.queryTokens == .question else {
            throw refuse("an index ranks passages by the question's own tokens; take another profile, such as auto")
        }
        guard profile.queryWeights != .attentionToQuery else {
            throw refuse(
                "an index cannot weight the question's tokens by attention; take another profile, such as auto")
        }
        guard (1...256).contains(tokensPerUnit) else {
            throw refuse("tokensPerUnit is \(tokensPerUnit), but an index takes 1 to 256")
        }
        self.init(
            heads: try profile.resolvedHeads(in: model.shape), unit: profile.unit, segmentation: plan.segmentation,
            window: plan.window ?? profile.window,
            prefix: QuestionPrompt(question: "?", profile: profile, model: model).prefix, keyFormat: plan.keyFormat,
            profileName: profile.name, profile: String(decoding: try JSONEncoder.stable.encode(profile), as: UTF8.self))
    }
}

extension IndexBuilder {
    /// A builder of indexes that serve a profile and a plan.
    ///
    /// - Parameters:
    ///   - profile: Nil takes the shipped one for the model's shape.
    ///   - plan: Its window and segmentation count; what belongs to asking alone is not used.
    ///   - keys: How keys are stored in an index that does not exist yet; nil takes the plan's.
    /// - Throws: ``IndexError``, ``RetrievalError``.
    public init(
        model: any LanguageModel, profile: RetrievalProfile? = nil, plan: RetrievalPlan = .standard,
        keys: KeyFormat? = nil
    ) throws {
        // Checks profile and plan as asking will.
        var plan = plan
        plan.stages = [.keys]
        plan.order = .tree
        if let keys { plan.keyFormat = keys }
        let settings = try RetrievalSettings(profile, plan, for: model)
        try self.init(
            model: model, recipe: IndexRecipe(model: model, profile: settings.profile, plan: settings.plan))
    }
}

extension AttentionIndex {
    /// The retrieval profile that the index was built with.
    /// - Throws: ``RetrievalError/invalidProfile(name:reason:)`` where it cannot be read.
    public var profile: RetrievalProfile {
        get throws(RetrievalError) {
            do {
                return try JSONDecoder().decode(RetrievalProfile.self, from: Data(profileJSON.utf8))
            } catch {
                throw .invalidProfile(
                    name: profileName, reason: "the index holds no profile that can be read: \(error)")
            }
        }
    }
}
